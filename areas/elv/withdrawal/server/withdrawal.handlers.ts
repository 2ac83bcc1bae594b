import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { readPart } from '#kernel/db/parts.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import type { withdrawalContract } from '../model/withdrawal.contract.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import { workRows } from './abilities.ts';
import { ofCase } from './of-case.ts';
import { listPapers } from './paper.store.ts';
import { saveApplication } from './save-application.ts';
import { addWithdrawal, findLiving, findWithdrawal } from './withdrawal.store.ts';
import { rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { leaveFact } from './withdrawal-facts.ts';
import { countByState, type ListScope, listWithdrawals } from './withdrawal-list.store.ts';
import { withdrawalRowOf, withdrawalViewOf } from './withdrawal-view.ts';

type WithdrawalHandlers = Handlers<Omit<typeof withdrawalContract, 'addPaper' | 'removePaper' | 'paperContent'>>;

const lifecycle = widened(withdrawal);
const open = Object.entries(lifecycle.states).flatMap(([state, { kind }]) => (kind === 'final' ? [] : [state]));

const scopeOf = ({ access }: WithdrawalDesk, { subject, now }: CallContext): ListScope => ({
  rows: rowsFor(access, subject, 'read'),
  work: workRows(access, subject),
  open,
  now,
});

const openOne =
  (desk: WithdrawalDesk): WithdrawalHandlers['open'] =>
  async ({ caseId }, context) => {
    const { db, access, cases } = desk;
    const { subject, now } = context;
    if (!(await cases.isWithin(db, caseId, access.rowFilter(subject, 'elv.withdrawal:apply')))) throw notFound();
    return inTransaction(db, async (tx) => {
      const living = await findLiving(tx, caseId);
      if (living) return living;
      const found = await cases.find(tx, caseId, now);
      if (!found) throw notFound();
      if (found.obstacles.length > 0) {
        const problems = found.obstacles.map(({ message }) => ({ path: '', message }));
        return context.fail('NOT_POSSIBLE', { problems });
      }
      const made = await addWithdrawal(tx, found, subject.id, now);
      if (made) {
        const { id, withdrawalNo } = made;
        await leaveFact(tx, context, id, 'open', { withdrawalNo, caseId, caseNo: found.caseNo });
        return { id };
      }
      const first = await findLiving(tx, caseId);
      if (!first) throw new Error('a withdrawal number was given twice');
      return first;
    });
  };

const get =
  (desk: WithdrawalDesk): WithdrawalHandlers['get'] =>
  async ({ id }, context) => {
    const { db, access, outbox, cases, settings, organisations } = desk;
    const { subject, now } = context;
    const found = await findWithdrawal(db, desk, id, rowsFor(access, subject, 'read'));
    if (!found) throw notFound();
    const readable = access.rowFilter(subject, 'elv.vehicle-case:read');
    const successorCaseId = found.record.successorCase?.id;
    const [papers, sent, steps, calendar, all, opensCase, opensSuccessorCase] = await Promise.all([
      listPapers(db, id),
      readPart(db, outbox.ofCase(db, withdrawal.id, id)),
      listSteps(db, withdrawal.id, id),
      settings.calendar(),
      organisations.all(db),
      cases.isWithin(db, found.row.case_id, readable),
      successorCaseId === undefined ? false : cases.isWithin(db, successorCaseId, readable),
    ]);
    const verified = await verifiedSteps(desk, lifecycle.id, id, steps);
    const enterprises = all
      .filter((one) => one.kind === 'dismantler' && one.id !== found.row.enterprise_id)
      .map((one) => ({ id: one.id, name: one.name }));
    const { exchangeViews } = cases;
    const beside = { papers, sent, steps, verified, enterprises, opensCase, opensSuccessorCase, exchangeViews };
    return withdrawalViewOf({ found, ...beside, access, subject, now, calendar });
  };

/** Handlers of reading, opening, filling in and following withdrawals. Source: tender R08, R09. */
export const withdrawalHandlers = (desk: WithdrawalDesk): WithdrawalHandlers => {
  const { db, access, outbox, settings } = desk;
  return {
    list: async (input, context) => {
      const [{ rows, total }, calendar] = await Promise.all([
        listWithdrawals(db, input, scopeOf(desk, context)),
        settings.calendar(),
      ]);
      if (input.q) await context.leaveRead({ ...searchToldOf(input.q), found: total });
      const { subject, now } = context;
      return { rows: rows.map((row) => withdrawalRowOf(row, { access, subject, now, calendar })), total };
    },
    summary: async (_, context) => {
      const { rows, work, now } = scopeOf(desk, context);
      const [mine, states] = await Promise.all([
        countByState(db, { all: [rows, work] }, now),
        countByState(db, rows, now),
      ]);
      return {
        mine: mine.map((one) => ({ ...one, title: getState(lifecycle, one.state).title })),
        states: Object.entries(lifecycle.states).map(([state, { title }]) => ({
          state,
          title,
          count: states.find((one) => one.state === state)?.count ?? 0,
        })),
      };
    },
    ofCase: ofCase(desk),
    open: openOne(desk),
    get: get(desk),
    saveApplication: saveApplication(desk),
    pulse: async ({ id }, { subject }) => {
      const found = await findWithdrawal(db, desk, id, rowsFor(access, subject, 'read'));
      if (!found) throw notFound();
      const sent = await readPart(db, outbox.ofCase(db, withdrawal.id, id));
      // Only what the page shows takes part: a changed mark means there is something new to see.
      const shown = [
        found.version,
        found.state,
        found.record.case.obstacles,
        sent.map(({ id: messageId, status, attempts }) => [messageId, status, attempts]),
      ];
      return { version: found.version, mark: sm3Hex(JSON.stringify(shown)).slice(0, 16) };
    },
    retryExchange: async ({ id, exchangeId }, context) => {
      const found = await findWithdrawal(db, desk, id, rowsFor(access, context.subject, 'retry'));
      const own =
        found && (await readPart(db, outbox.ofCase(db, withdrawal.id, id))).some((one) => one.id === exchangeId);
      if (!own) throw notFound();
      await inTransaction(db, async (tx) => {
        if (!(await outbox.retryNow(tx, exchangeId))) return context.fail('NOT_WAITING');
        await leaveFact(tx, context, id, 'retryExchange', { exchangeId });
      });
      desk.nudge();
      return { done: true };
    },
  };
};
