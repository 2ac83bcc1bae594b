import type { YardSection } from '../model/yard-section.ts';

/** What is done in a section, as the people of a yard say it. */
export const sectionTitles: Readonly<Record<YardSection, string>> = { tow: '交车', entry: '进场', dismantling: '拆解' };

/** The screens of the phone. */
export const yardPaths = {
  tasks: '/yard/',
  task: (caseId: string): string => `/yard/cases/${encodeURIComponent(caseId)}`,
  form: (caseId: string): string => `/yard/cases/${encodeURIComponent(caseId)}/form`,
  queue: '/yard/queue',
  me: '/yard/me',
} as const;
