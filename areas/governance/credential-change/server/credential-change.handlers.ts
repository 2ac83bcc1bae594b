import type { AppliedPeople } from '#areas/governance/person/model/applied-people.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import type { ShownProposal } from '#practices/proposal/server/proposal-desk.ts';
import type { credentialChangeContract } from '../model/credential-change.contract.ts';
import type { CredentialChange } from '../model/credential-change.ts';
import type { CredentialDesk } from './credential-desk.ts';

/** What the handlers need beside the applications themselves. */
export interface CredentialHandlerParts {
  readonly desk: CredentialDesk;
  readonly applied: AppliedPeople;
  readonly personOf: (id: string) => Promise<{ readonly name: string; readonly userName: string }>;
  /** Nothing remembered of the person's sessions is relied on any more. */
  readonly forget: (personId: string) => void;
}

const matter = 'governance.credential-change';

const appliedOf = ({ row, record }: ShownProposal<CredentialChange>) => ({
  row,
  personId: record.personId,
  leads: record.kind === 'first-password',
  trusts: false,
});

/** Handlers of deciding on how people of the platform sign in. Source: tender R42, R43. */
export const credentialChangeHandlers = ({
  desk,
  applied,
  personOf,
  forget,
}: CredentialHandlerParts): Handlers<typeof credentialChangeContract> => ({
  list: async (filter, { subject }) => {
    const { rows, total } = await desk.proposals.list(filter, subject);
    return { rows: await applied.rowsOf(matter, subject, rows.map(appliedOf)), total };
  },
  reveal: async ({ id, reason }, context) => {
    const found = await desk.proposals.find(id, context.subject);
    const end = await applied.reveal(matter, found && appliedOf(found), { reason, by: context });
    return 'refused' in end ? context.fail(end.refused) : end;
  },
  approve: async (said, context) => {
    // Opened beforehand, given out only when agreeing has succeeded; a repeated click finds it gone.
    const waiting = await desk.halfOf(said.id);
    const after = await desk.proposals.decide('approve', said, context);
    const personId = await desk.personOf(said.id);
    if (personId !== undefined) forget(personId);
    if (!waiting) return { ...after, handed: null };
    const { name, userName } = await personOf(waiting.personId);
    return { ...after, handed: { name, userName, half: waiting.half } };
  },
  refuse: (said, context) => desk.proposals.decide('refuse', said, context),
  withdraw: (said, context) => desk.proposals.decide('withdraw', said, context),
});
