import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { Handler } from '#kernel/contract/mount.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { withdrawalContract } from '../model/withdrawal.contract.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { WithdrawalRecord } from '../model/withdrawal.record.ts';
import type { CaseWithdrawalView } from '../model/withdrawal.views.ts';
import { findBySuccessorCase, listOfCase } from './withdrawal.store.ts';
import type { WithdrawalTable } from './withdrawal.tables.ts';
import { accessRowOf, rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { kindTitleOf, waitingForOf } from './withdrawal-view.ts';

const lifecycle = widened(withdrawal);

/** Withdrawals that came to nothing are told in their own list, not on the case. */
const cameToNothing: ReadonlySet<string> = new Set(['refused', 'recalled']);

// Written by the store from this shape.
const recordOf = ({ record }: WithdrawalTable): WithdrawalRecord => JSON.parse(record) as WithdrawalRecord;

const currentView = (row: WithdrawalTable, opensSuccessorCase: boolean): CaseWithdrawalView['current'] => {
  const record = recordOf(row);
  const { title, kind } = getState(lifecycle, row.state);
  return {
    id: row.id,
    withdrawalNo: row.withdrawal_no,
    state: row.state,
    stateTitle: title,
    stateKind: kind,
    kindTitle: kindTitleOf(record),
    successorName: record.successor?.name ?? null,
    waitingFor: waitingForOf(row.state, row, record.successor?.name ?? null),
    successorCase: record.successorCase && {
      id: opensSuccessorCase ? record.successorCase.id : null,
      caseNo: record.successorCase.caseNo,
    },
  };
};

/** What a case's own page shows of its withdrawal. A case that is not the reader's is not there. Source: tender R08. */
export const ofCase =
  ({ db, access, cases }: WithdrawalDesk): Handler<(typeof withdrawalContract)['ofCase']> =>
  async ({ id }, { subject, now }) => {
    const reading = access.rowFilter(subject, 'elv.vehicle-case:read');
    if (!(await cases.isWithin(db, id, reading))) throw notFound();
    const [found, all, from, mayApply] = await Promise.all([
      cases.find(db, id, now),
      listOfCase(db, id),
      findBySuccessorCase(db, id),
      cases.isWithin(db, id, access.rowFilter(subject, 'elv.withdrawal:apply')),
    ]);
    const visible = rowsFor(access, subject, 'read');
    const row = all.find((one) => !cameToNothing.has(one.state) && passes(visible, accessRowOf(one)));
    const successorCaseId = row?.successor_case_id ?? null;
    const opens = successorCaseId !== null && (await cases.isWithin(db, successorCaseId, reading));
    const living = all.some(({ living_case_id: living }) => living !== null);
    return {
      current: row ? currentView(row, opens) : null,
      carriedFrom:
        from && passes(visible, accessRowOf(from))
          ? {
              withdrawalId: from.id,
              withdrawalNo: from.withdrawal_no,
              caseNo: from.case_no,
              enterpriseName: from.enterprise_name,
            }
          : null,
      apply:
        found && mayApply && found.withdrawable && !living
          ? { missing: found.obstacles.map(({ message }) => message) }
          : null,
    };
  };
