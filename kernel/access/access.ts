import { type AccessRow, everyRow, noRow, type Predicate, passes } from './predicate.ts';

/** Which rows a grant reaches. `own`: entered by the subject; `assigned`: given to the subject to work on. Source: tender R44. */
export type RowScope =
  | 'all'
  | 'own'
  | 'assigned'
  | 'own-organisation'
  | 'own-district'
  | { readonly districts: readonly string[] }
  | { readonly where: Predicate };

/** How a sealed personal value is shown. */
export type FieldView = 'plain' | 'masked' | 'hidden';

/** One line of a role: what may be done, on which rows, and how personal values are seen; single fields may differ. */
export interface Grant {
  readonly permission: string;
  readonly rows: RowScope;
  readonly personal: FieldView;
  readonly fields?: Readonly<Record<string, FieldView>>;
}

/** A role; `level` tells platform roles from an enterprise's own. Source: tender R43. */
export interface Role {
  readonly id: string;
  readonly title: string;
  readonly level: 'platform' | 'organisation';
  readonly description?: string;
  /** Under which heading it stands in lists. */
  readonly group?: string;
  /** Roles whose grants this one has too; added, never subtracted. */
  readonly parents?: readonly string[];
  /** Roles nobody may hold together with this one. */
  readonly excludes?: readonly string[];
  readonly grants: readonly Grant[];
}

/** One subject, one object, for a term: allowed beyond the roles, or denied in spite of them. Source: tender R44 (4). */
export interface SpecialGrant {
  readonly id: string;
  readonly subjectId: string;
  readonly permission: string;
  readonly targetId: string;
  readonly effect: 'allow' | 'deny';
  readonly from: Date;
  readonly until: Date;
  readonly reason: string;
  readonly approvedBy: string;
}

/** Who acts: a signed-in person with the names of the roles held. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  /** Unified social credit code of the organisation. */
  readonly organisationCode: string | null;
  /** The district the person works for: their own, else their organisation's. */
  readonly districtCode: string | null;
  readonly roles: readonly string[];
}

/** A grant with the way it came: the role held, and the role it is written in. */
export interface HeldGrant {
  readonly held: string;
  readonly writtenIn: string;
  readonly grant: Grant;
}

/** Why a subject may, or may not, do something with a row. */
export interface Explanation {
  readonly allowed: boolean;
  readonly because: 'special-deny' | 'special-allow' | 'role' | 'out-of-scope' | 'no-grant';
  /** Every grant of the permission, and whether it reaches the row. */
  readonly grants: readonly (HeldGrant & { readonly reaches: boolean })[];
  readonly special: readonly SpecialGrant[];
}

/** All questions the rest of the system may ask about permissions; nothing else reads roles. */
export interface Access {
  /** Whether the subject holds the permission on any row at all. */
  holds(subject: Subject, permission: string): boolean;
  /** The rows the subject may reach; stores compile it to a WHERE clause and nothing else. */
  rowFilter(subject: Subject, permission: string): Predicate;
  /** How each personal field of one row is shown: only grants that reach the row count. */
  fieldViews(subject: Subject, permission: string, row: AccessRow): (field: string) => FieldView;
  explain(subject: Subject, permission: string, row: AccessRow): Explanation;
}

const scopeOf = (subject: Subject, rows: RowScope): Predicate => {
  const one = (field: string, value: string | null): Predicate => (value === null ? noRow : { field, in: [value] });
  if (typeof rows === 'object') return 'where' in rows ? rows.where : { field: 'district', in: rows.districts };
  switch (rows) {
    case 'all':
      return everyRow;
    case 'own':
      return one('owner', subject.id);
    case 'assigned':
      return one('assignee', subject.id);
    case 'own-organisation':
      return one('organisation', subject.organisationId);
    case 'own-district':
      return one('district', subject.districtCode);
  }
};

const openness: Readonly<Record<FieldView, number>> = { hidden: 0, masked: 1, plain: 2 };

const mostOpen = (views: readonly FieldView[]): FieldView =>
  views.reduce<FieldView>((best, one) => (openness[one] > openness[best] ? one : best), 'hidden');

/** A role and all it inherits from, itself first; a role that is its own ancestor is met once. */
export const lineage = (byId: ReadonlyMap<string, Role>, id: string): readonly Role[] => {
  const met = new Map<string, Role>();
  const walk = (one: string): void => {
    const role = byId.get(one);
    if (!role || met.has(one)) return;
    met.set(one, role);
    for (const parent of role.parents ?? []) walk(parent);
  };
  walk(id);
  return [...met.values()];
};

/** Grants of every role by permission, with what is inherited; made once for a list of roles. */
const grantsByRole = (roles: readonly Role[]): ReadonlyMap<string, ReadonlyMap<string, readonly HeldGrant[]>> => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const indexed = (held: string): ReadonlyMap<string, readonly HeldGrant[]> => {
    const all = lineage(byId, held).flatMap(({ id, grants }) =>
      grants.map((grant): HeldGrant => ({ held, writtenIn: id, grant })),
    );
    return Map.groupBy(all, ({ grant }) => grant.permission);
  };
  return new Map(roles.map(({ id }) => [id, indexed(id)]));
};

/**
 * Access over a list of roles and special grants. Order: special deny, special allow, the roles' grants (own and inherited, added
 * up), no. Source: tender R43, R44.
 */
export const accessOver = (
  roles: readonly Role[],
  special: readonly SpecialGrant[] = [],
  now: () => Date = () => new Date(0),
): Access => {
  const index = grantsByRole(roles);
  const specialOf = Map.groupBy(special, ({ subjectId }) => subjectId);
  const grantsOf = (subject: Subject, permission: string): readonly HeldGrant[] =>
    subject.roles.flatMap((id) => index.get(id)?.get(permission) ?? []);
  const exceptions = (subject: Subject, permission: string): readonly SpecialGrant[] => {
    const own = specialOf.get(subject.id);
    if (!own) return [];
    const at = now();
    return own.filter((one) => one.permission === permission && one.from <= at && at < one.until);
  };
  const rowFilter = (subject: Subject, permission: string): Predicate => {
    const scopes = grantsOf(subject, permission).map(({ grant }) => scopeOf(subject, grant.rows));
    const byRole: Predicate = scopes.includes(everyRow) ? everyRow : { any: scopes };
    const apart = exceptions(subject, permission);
    if (apart.length === 0) return byRole;
    const targets = (effect: SpecialGrant['effect']): readonly string[] =>
      apart.filter((one) => one.effect === effect).map(({ targetId }) => targetId);
    return {
      all: [{ not: { field: 'id', in: targets('deny') } }, { any: [byRole, { field: 'id', in: targets('allow') }] }],
    };
  };
  return {
    holds: (subject, permission) =>
      subject.roles.some((id) => index.get(id)?.has(permission)) ||
      exceptions(subject, permission).some(({ effect }) => effect === 'allow'),
    rowFilter,
    fieldViews: (subject, permission, row) => {
      const reaching = grantsOf(subject, permission).filter(({ grant }) => passes(scopeOf(subject, grant.rows), row));
      return (field) => {
        const views = reaching.map(({ grant }) => grant.fields?.[field] ?? grant.personal);
        // Who reaches the row by a special grant alone sees no more of a person than whom it is about.
        return views.length === 0 ? 'masked' : mostOpen(views);
      };
    },
    explain: (subject, permission, row) => {
      const grants = grantsOf(subject, permission).map((one) => ({
        ...one,
        reaches: passes(scopeOf(subject, one.grant.rows), row),
      }));
      const apart = exceptions(subject, permission).filter(({ targetId }) => targetId === row.id);
      const has = (effect: SpecialGrant['effect']): boolean => apart.some((one) => one.effect === effect);
      const verdict = (allowed: boolean, because: Explanation['because']): Explanation => ({
        allowed,
        because,
        grants,
        special: apart,
      });
      if (has('deny')) return verdict(false, 'special-deny');
      if (has('allow')) return verdict(true, 'special-allow');
      if (grants.some(({ reaches }) => reaches)) return verdict(true, 'role');
      return verdict(false, grants.length > 0 ? 'out-of-scope' : 'no-grant');
    },
  };
};
