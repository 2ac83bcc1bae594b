import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { complaintContract } from '../model/complaint.contract.ts';
import { ComplaintPanel } from './ComplaintPanel.tsx';
import { PenaltyPanel } from './PenaltyPanel.tsx';

/** What happened with the enterprise elsewhere; complaints are for the authority only. Source: tender R13. */
export const EnterpriseEvents = ({ view }: { view: EntryView }) => {
  const reads = may(useSession(), complaintContract.complaints.permission);
  return (
    <>
      <PenaltyPanel view={view} />
      {reads && <ComplaintPanel view={view} />}
    </>
  );
};
