import type { Access } from '#kernel/access/access.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { titleOf, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import { holdTitles, markTitles } from '../model/mark-titles.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CaseRow, HoldCode, Mark } from '../model/vehicle-case.views.ts';
import { workStates } from './abilities.ts';
import type { ListedCase, ListScope } from './case-list.store.ts';
import { deadlineView } from './case-view.ts';
import { holdsOf } from './vehicle-case.store.ts';

const lifecycle = widened(vehicleCase);
const read = 'elv.vehicle-case:read';

/** States in which somebody or something must still act. */
export const openStates: readonly string[] = Object.entries(lifecycle.states)
  .filter(([, { kind }]) => kind !== 'final')
  .map(([name]) => name);

/** Who reads a list, and when. */
export type ListReader = Pick<CallContext, 'subject' | 'now'>;

/** What leads on from a state, and who may do it: asked for every line of every list. */
const leavingBy: ReadonlyMap<string, readonly { readonly permission: string; readonly title: string }[]> = new Map(
  Object.keys(lifecycle.states).map((state) => [
    state,
    Object.entries(lifecycle.actions)
      .filter(([, { from, to }]) => to !== 'stay' && from.includes(state))
      .map(([action, { title }]) => ({ permission: `${lifecycle.id}:${action}`, title })),
  ]),
);

const actionTitles = (access: Access, { subject }: ListReader, state: string): string[] =>
  (leavingBy.get(state) ?? []).filter(({ permission }) => access.holds(subject, permission)).map(({ title }) => title);

/** The column is written from the lifecycle's holds only. */
const holdsViewed = (holds: readonly string[]): CaseRow['holds'] =>
  holds.map((code) => ({ code: code as HoldCode, title: holdTitles[code as HoldCode] }));

/** A case as a line of a list, for one reader at one moment. */
export const rowOf = (
  { access }: { readonly access: Access },
  context: ListReader,
  row: ListedCase,
  calendar: Parameters<typeof deadlineView>[2],
): CaseRow => {
  const state = getState(lifecycle, row.state);
  const final = state.kind === 'final';
  const holds = final ? [] : holdsViewed(holdsOf(row.holds));
  return {
    id: row.id,
    caseNo: row.case_no,
    state: row.state,
    stateTitle: state.title,
    stateKind: state.kind,
    plateNo: row.plate_no,
    plateTypeCode: row.plate_type_code,
    vin: row.vin,
    brandModel: row.brand_model,
    vehicleTypeTitle: row.vehicle_type_code === null ? null : titleOf(vehicleTypes, row.vehicle_type_code),
    ownerName: row.owner_name,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    round: row.round,
    // The column is written from mark codes only.
    marks: row.marks
      .split(',')
      .filter((code) => code !== '')
      .map((code) => ({ code: code as Mark['code'], title: markTitles[code as Mark['code']] })),
    holds,
    openedAt: row.opened_at.toISOString(),
    stateSince: row.state_since.toISOString(),
    ...deadlineView(final ? null : row.deadline_at, context.now, calendar),
    actions: holds.length > 0 ? [] : actionTitles(access, context, row.state),
  };
};

/** Which cases this reader may list, and which of them are work of theirs. */
export const listScopeOf = ({ access }: { readonly access: Access }, { subject, now }: ListReader): ListScope => ({
  rows: access.rowFilter(subject, read),
  work: workStates(access, subject),
  openStates,
  now,
});
