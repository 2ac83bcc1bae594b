import { lineage, type Subject } from '#kernel/access/access.ts';
import { type AccessList, platformRoles, platformSubjects } from '#kernel/access/access-list.ts';
import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';

/** What access control may ask of a person, and the columns it stands in. Source: tender R44. */
export const personColumns = {
  id: 'u.id',
  organisation: 'u.organisation_id',
  district: 'u.district_code',
  owner: 'u.opened_by',
} as const satisfies AccessColumns;

/** The same of one person that was read. */
export const accessRowOf = (person: {
  readonly id: string;
  readonly organisationId: string | null;
  readonly districtCode: string | null;
  readonly openedBy: string | null;
}): AccessRow => ({
  id: person.id,
  organisation: person.organisationId,
  district: person.districtCode,
  owner: person.openedBy,
});

/** The part of access that people are judged by. */
export type PersonAccess = Pick<StoredAccess, 'rowFilter' | 'fieldViews' | 'list' | 'rolesOf' | 'titleOf' | 'holds'>;

/** Whether a role of the platform, not only one of an organisation, gives the subject the permission. */
export const grantedByPlatform = (access: PersonAccess, subject: Subject, permission: string): boolean => {
  const platform = platformRoles(access.list());
  const byId = new Map(access.list().roles.map((role) => [role.id, role]));
  return subject.roles
    .filter((id) => platform.has(id))
    .some((id) => lineage(byId, id).some(({ grants }) => grants.some((grant) => grant.permission === permission)));
};

/** Whether the subject may open an account again: what the platform has shut, only the platform opens. */
export const mayEnable = (
  access: PersonAccess,
  subject: Subject,
  person: { readonly status: string; readonly disabledByPlatform: boolean },
): boolean =>
  person.status === 'active' ||
  !person.disabledByPlatform ||
  grantedByPlatform(access, subject, 'governance.person:enable');

/**
 * Whether one administrator alone must not set how a person signs in: people of the platform, by their place (any but an organisation of a kind that looks after its
 * own people, as the areas' `rolesOfKind` says) or by what the list trusts them with. Source: tender R42; domain 10.4.
 */
export const takesTwo = (
  { rolesOfKind }: { readonly rolesOfKind: Readonly<Record<string, unknown>> },
  { id, organisationKind: kind }: { readonly id: string; readonly organisationKind: string | null },
  list: AccessList,
  now: Date,
): boolean => kind === null || !Object.hasOwn(rolesOfKind, kind) || platformSubjects(list, now).has(id);

/**
 * The people a permission reaches. Whoever holds it by an organisation's role alone never reaches a person who holds a role of the
 * platform, even one of the same organisation: resetting that person's password would be a way up. Source: tender R42, R44.
 */
export const personRows = (access: PersonAccess, subject: Subject, permission: string): Predicate => {
  const rows = access.rowFilter(subject, permission);
  if (grantedByPlatform(access, subject, permission)) return rows;
  const platform = platformRoles(access.list());
  const holders = access.list().holdings.filter(({ roleId }) => platform.has(roleId));
  return { all: [rows, { not: { field: 'id', in: [...new Set(holders.map(({ subjectId }) => subjectId))] } }] };
};
