import type { Handlers } from '#kernel/contract/mount.ts';
import type { credentialChangeContract } from '../model/credential-change.contract.ts';
import type { CredentialDesk } from './credential-desk.ts';

/** What the handlers need beside the applications themselves. */
export interface CredentialHandlerParts {
  readonly desk: CredentialDesk;
  readonly personOf: (id: string) => Promise<{ readonly name: string; readonly userName: string }>;
  /** Nothing remembered of the person's sessions is relied on any more. */
  readonly forget: (personId: string) => void;
}

/** Handlers of deciding on how people of the platform sign in. Source: tender R42, R43. */
export const credentialChangeHandlers = ({
  desk,
  personOf,
  forget,
}: CredentialHandlerParts): Handlers<typeof credentialChangeContract> => ({
  list: (filter, { subject }) => desk.proposals.list(filter, subject),
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
