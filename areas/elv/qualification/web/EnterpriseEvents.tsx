import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { complaintContract } from '../model/complaints.ts';
import { enforcementContract } from '../model/enforcement.ts';
import { EventPanel } from './EventPanel.tsx';
import { complaintTelling, enforcementTelling, penaltyTelling } from './tellings.ts';

/** What happened with the enterprise elsewhere; complaints and enforcement are for the authority only. Source: tender R13. */
export const EnterpriseEvents = ({ view: { id } }: { view: EntryView }) => {
  const session = useSession();
  return (
    <>
      <EventPanel id={id} telling={penaltyTelling} />
      {may(session, enforcementContract.list.permission) && <EventPanel id={id} telling={enforcementTelling} />}
      {may(session, complaintContract.list.permission) && <EventPanel id={id} telling={complaintTelling} />}
    </>
  );
};
