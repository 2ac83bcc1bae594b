import { RegistryDuties, useWaitingEntries } from '#practices/registry/web/RegistryDuties.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { qualifications } from './qualification-web.tsx';

const read = `${qualifications.profile.id}:read`;

/** What of the qualifications waits for the signed-in person. */
export const QualificationDuties = () =>
  may(useSession(), read) ? <RegistryDuties registry={qualifications} /> : null;

/** How many qualifications wait for the signed-in person; undefined until known. */
export const useWaitingQualifications = (): number | undefined =>
  useWaitingEntries(qualifications, may(useSession(), read));
