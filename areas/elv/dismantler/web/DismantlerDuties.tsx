import { RegistryDuties, useWaitingEntries } from '#practices/registry/web/RegistryDuties.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { dismantlers } from './dismantler-web.ts';

const read = `${dismantlers.profile.id}:read`;

/** What of the registry of dismantlers waits for the signed-in person. */
export const DismantlerDuties = () => (may(useSession(), read) ? <RegistryDuties registry={dismantlers} /> : null);

/** How many entries of dismantlers wait for the signed-in person; undefined until known. */
export const useWaitingDismantlers = (): number | undefined => useWaitingEntries(dismantlers, may(useSession(), read));
