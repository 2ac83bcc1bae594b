import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import type { ProposalRow } from '#practices/proposal/model/proposal.contract.ts';
import type { Applied, AppliedPeople } from '../model/applied-people.ts';
import type { AppliedPerson, SignOnWay } from '../model/applied-person.ts';
import { personFields } from '../model/person.fields.ts';
import { identitiesOf, type StoredIdentity } from './applied-person.store.ts';
import { personFact } from './person.parts.ts';
import { sealPlace } from './person-seal.ts';

/** What they are looked up with. */
export interface AppliedPeopleParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly access: Pick<Access, 'fieldViews' | 'holds'>;
}

const wayOf = ({ signOn, organisationId, identitySealed }: StoredIdentity, leads: boolean): SignOnWay =>
  // Of an enterprise's people the number alone never leads the sign-on to an account.
  signOn === 'none' && leads && organisationId === null && identitySealed !== null ? 'after' : signOn;

/** Puts them together. Source: tender R42, R43; domain 10.4, 10.5. */
export const appliedPeople = ({ db, crypto, access }: AppliedPeopleParts): AppliedPeople => {
  const viewOf = (matter: string, subject: Subject, { id, state }: ProposalRow): FieldView =>
    access.fieldViews(subject, `${matter}:read`, { id, state })('identityNo');
  const mayReveal = (matter: string, subject: Subject, row: ProposalRow): boolean =>
    row.actions.includes('approve') &&
    access.holds(subject, `${matter}:reveal`) &&
    viewOf(matter, subject, row) !== 'hidden';
  const opened = async ({ id, identitySealed }: StoredIdentity): Promise<string | null> =>
    identitySealed === null
      ? null
      : Buffer.from(await crypto.open('personal-data', identitySealed, sealPlace(id, 'identityNo'))).toString('utf8');
  const personOf = async (
    matter: string,
    subject: Subject,
    { row, leads, trusts }: Applied,
    identity: StoredIdentity,
  ): Promise<AppliedPerson> => {
    const shown = shownValue(personFields.identityNo, await opened(identity), viewOf(matter, subject, row));
    return {
      identityNo: typeof shown === 'string' ? shown : null,
      signOn: wayOf(identity, leads && row.state === 'proposed'),
      ends: trusts && identity.setAlone && row.state === 'proposed',
      mayReveal: identity.identitySealed !== null && mayReveal(matter, subject, row),
    };
  };
  return {
    rowsOf: async (matter, subject, applied) => {
      const identities = await identitiesOf(db, [...new Set(applied.flatMap(({ personId }) => personId ?? []))]);
      return Promise.all(
        applied.map(async (one) => {
          const identity = identities.get(one.personId ?? '');
          return { ...one.row, person: identity ? await personOf(matter, subject, one, identity) : null };
        }),
      );
    },
    reveal: async (matter, applied, { reason, by }) => {
      if (!applied?.personId) return { refused: 'NOT_FOUND' };
      const { row, personId } = applied;
      if (!mayReveal(matter, by.subject, row)) return { refused: 'NOT_YOURS' };
      const identity = (await identitiesOf(db, [personId])).get(personId);
      const value = identity ? await opened(identity) : null;
      const fact = personFact(by, 'reveal', personId, { field: 'identityNo', reason, application: row.id });
      await inTransaction(db, (tx) => appendFact(tx, fact));
      return { value };
    },
  };
};
