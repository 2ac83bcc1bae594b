import type { Predicate } from '#kernel/access/predicate.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { overOrganisations } from './entry-access.ts';
import type { RegistryDesk } from './registry-desk.ts';

/** The rows a person may use a verb on, told without districts. */
export const rowsFor = async (
  { profile, access, organisations, db }: RegistryDesk,
  { subject }: Pick<CallContext, 'subject'>,
  verb: string,
): Promise<Predicate> =>
  overOrganisations(access.rowFilter(subject, `${profile.id}:${verb}`), await organisations.all(db));
