/** The steps of filling in, in their order. */
export const fillingSteps = ['vehicle', 'person', 'materials', 'enterprise', 'confirm'] as const;
/** One of {@link fillingSteps}. */
export type FillingStep = (typeof fillingSteps)[number];

/** What each step is called. */
export const stepTitles: Readonly<Record<FillingStep, string>> = {
  vehicle: '车辆',
  person: '申请人和车主',
  materials: '材料照片',
  enterprise: '选择回收企业',
  confirm: '核对并提交',
};

/** Said by a screen that meets a session that has ended; what was filled in is on the server. */
export const signedOut = 'citizen-signed-out';

/** The addresses of the citizens' phone. */
export const citizenPaths = {
  home: '/citizen/',
  back: '/citizen/return',
  fresh: '/citizen/new',
  application: (id: string) => `/citizen/applications/${encodeURIComponent(id)}`,
  step: (id: string, step: FillingStep) => `/citizen/applications/${encodeURIComponent(id)}/${step}`,
} as const;

/** The step at which something is missing stands, by the path it is told under. */
export const stepOf = (path: string): FillingStep => {
  if (path.startsWith('photo:')) return 'materials';
  if (path.startsWith('papers.')) return 'vehicle';
  if (path === 'enterprise') return 'enterprise';
  return path.startsWith('consents') || path.startsWith('input.') ? 'confirm' : 'person';
};
