/** Which rows a grant reaches. Further kinds (districts, predicates) arrive with their first user. */
export type RowScope = 'all' | 'own-organisation';

/** How sealed personal data are shown under a grant. */
export type PersonalView = 'plain' | 'masked';

/** One line of a role: what may be done, on which rows, and how personal data are seen. */
export interface Grant {
  readonly permission: string;
  readonly rows: RowScope;
  readonly personal: PersonalView;
}

/** A role as stored; `level` tells platform roles from an enterprise's own. Source: tender R43. */
export interface Role {
  readonly id: string;
  readonly title: string;
  readonly level: 'platform' | 'organisation';
  readonly grants: readonly Grant[];
}

/** Who acts: a signed-in person with the names of the roles held. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  /** Unified social credit code of the organisation. */
  readonly organisationCode: string | null;
  readonly roles: readonly string[];
}

/** The rows a subject may reach with a permission; stores turn it into a WHERE clause and nothing else. */
export type RowFilter =
  | { readonly rows: 'all' }
  | { readonly rows: 'organisation'; readonly organisationId: string }
  | { readonly rows: 'none' };

/** All questions the rest of the system may ask about permissions; nothing else reads roles. */
export interface Access {
  /** Whether the subject holds the permission on any row at all. */
  holds(subject: Subject, permission: string): boolean;
  rowFilter(subject: Subject, permission: string): RowFilter;
  personalView(subject: Subject, permission: string): PersonalView;
}

/** Whether a row of that organisation passes the filter: the same judgement the SQL makes. */
export const passes = (filter: RowFilter, organisationId: string): boolean =>
  filter.rows === 'all' || (filter.rows === 'organisation' && filter.organisationId === organisationId);

/** Access over a set of roles. Grants of several roles add up: the widest rows and the plainest view win. Source: tender R43, R44. */
export const accessOver = (roles: readonly Role[]): Access => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const grantsOf = (subject: Subject, permission: string): readonly Grant[] =>
    subject.roles.flatMap((id) => byId.get(id)?.grants.filter((grant) => grant.permission === permission) ?? []);
  return {
    holds: (subject, permission) => grantsOf(subject, permission).length > 0,
    rowFilter: (subject, permission) => {
      const grants = grantsOf(subject, permission);
      if (grants.some(({ rows }) => rows === 'all')) return { rows: 'all' };
      if (grants.length === 0 || subject.organisationId === null) return { rows: 'none' };
      return { rows: 'organisation', organisationId: subject.organisationId };
    },
    personalView: (subject, permission) =>
      grantsOf(subject, permission).some(({ personal }) => personal === 'plain') ? 'plain' : 'masked',
  };
};
