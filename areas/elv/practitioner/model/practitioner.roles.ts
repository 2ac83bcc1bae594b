import type { Grant, Role } from '#kernel/access/access.ts';

const grants = (
  permissions: readonly string[],
  rows: Grant['rows'],
  personal: Grant['personal'],
  fields?: Grant['fields'],
): readonly Grant[] => permissions.map((permission) => ({ permission, rows, personal, ...(fields ? { fields } : {}) }));

const ofPerson = (...verbs: readonly string[]): readonly string[] => verbs.map((verb) => `elv.practitioner:${verb}`);
const ofConduct = (...verbs: readonly string[]): readonly string[] =>
  verbs.map((verb) => `elv.practitioner-conduct:${verb}`);

/** An enterprise sees its own people plain, and speaks for them. */
const ownPeople: readonly Grant[] = grants(
  [...ofPerson('read', 'create', 'edit', 'import', 'export'), ...ofConduct('object')],
  'own-organisation',
  'plain',
);

/**
 * Who may do what with people at work. The commission knows them by name; numbers and pictures of certificates are masked until somebody gives a reason. Whoever
 * only looks on sees neither names nor what was written of conduct. Source: tender R43, R44, T2.10; domain 10.5 (PIPL art. 6, 34).
 */
export const practitionerRoles: readonly Role[] = [
  { id: 'elv-clerk', title: '回收拆解企业经办人', level: 'organisation', grants: ownPeople },
  { id: 'enterprise-administrator', title: '企业管理员', level: 'organisation', grants: ownPeople },
  {
    id: 'elv-commission',
    title: '商务委审核人员',
    level: 'platform',
    grants: [
      ...grants(ofPerson('read', 'export', 'reveal'), 'all', 'masked', { name: 'plain', conductText: 'plain' }),
      ...grants(ofConduct('record', 'keep', 'correct', 'strike'), 'all', 'plain'),
    ],
  },
  {
    id: 'elv-observer',
    title: '监管查阅人员',
    level: 'platform',
    grants: grants(ofPerson('read'), 'all', 'masked'),
  },
];
