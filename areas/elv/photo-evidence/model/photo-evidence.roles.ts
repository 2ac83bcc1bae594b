import type { Grant, Role } from '#kernel/access/access.ts';

const grants = (...verbs: readonly ('read' | 'setAside')[]): readonly Grant[] =>
  verbs.map((verb) => ({ permission: `elv.photo-evidence:${verb}`, rows: 'all', personal: 'plain' }));

/**
 * Who weighs photographs: the authority's reviewers, and of them the commission, whose reviews rest on what is photographed in the yard, says that a repeat does not matter. Enterprises are not told:
 * they would learn of each other's cases, and how repeats are found. Source: tender R03, R04, R44.
 */
export const photoEvidenceRoles: readonly Role[] = [
  { id: 'elv-desk', title: '车管审核人员', level: 'platform', grants: grants('read') },
  { id: 'elv-commission', title: '商务委审核人员', level: 'platform', grants: grants('read', 'setAside') },
  { id: 'elv-observer', title: '监管查阅人员', level: 'platform', grants: grants('read') },
];
