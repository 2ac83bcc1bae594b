import type { Access, Subject } from '#kernel/access/access.ts';
import { type AccessRow, type Predicate, passes } from '#kernel/access/predicate.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import {
  offeredStates,
  type WithdrawalAction,
  type WithdrawalState,
  withdrawal,
} from '../model/withdrawal.lifecycle.ts';
import type { WithdrawalTable } from './withdrawal.tables.ts';

/** What access control may ask of a withdrawal, and the columns it stands in. Source: tender R44. */
export const withdrawalColumns = {
  id: 'id',
  organisation: 'enterprise_id',
  successor: 'successor_id',
  district: 'district_code',
  owner: 'opened_by',
  state: 'state',
} as const satisfies AccessColumns;

/** What of a row access control needs. */
export type WithdrawalAccess = Pick<WithdrawalTable, (typeof withdrawalColumns)[keyof typeof withdrawalColumns]>;

/** The same of one withdrawal that was read. */
export const accessRowOf = (row: WithdrawalAccess): AccessRow => ({
  id: row.id,
  organisation: row.enterprise_id,
  successor: row.successor_id,
  district: row.district_code,
  owner: row.opened_by,
  state: row.state,
});

/** The same rows, told of the enterprise that is to take over: their own organisation is the chosen one, not the one that asked. */
const asSuccessor = (predicate: Predicate): Predicate => {
  if ('all' in predicate) return { all: predicate.all.map(asSuccessor) };
  if ('any' in predicate) return { any: predicate.any.map(asSuccessor) };
  if ('not' in predicate) return { not: asSuccessor(predicate.not) };
  return predicate.field === 'organisation' ? { ...predicate, field: 'successor' } : predicate;
};

const isSuccessors = (verb: string): boolean =>
  Object.hasOwn(withdrawal.actions, verb) && withdrawal.actions[verb as WithdrawalAction].by === 'successor';

const declined: WithdrawalState = 'declined';

const permissionOf = (verb: string): string => `${withdrawal.id}:${verb}`;

/** The withdrawals upon which a subject may use a verb. Whoever may take a vehicle over may read of it, from the moment it is free. */
export const rowsFor = (access: Access, subject: Subject, verb: string): Predicate => {
  const rows = access.rowFilter(subject, permissionOf(verb));
  if (isSuccessors(verb)) return { all: [asSuccessor(rows), { field: 'state', in: offeredStates }] };
  return verb === 'read' ? { any: [rows, rowsFor(access, subject, 'takeOver')] } : rows;
};

/** Whether the subject may use the verb upon that withdrawal, as far as permissions go. */
export const mayPerform = (access: Access, subject: Subject, verb: string, row: AccessRow): boolean =>
  passes(rowsFor(access, subject, verb), row);

/**
 * Whether the reader may look at papers, all of which show a person: only where personal values are plain to them, and of the chosen
 * enterprise only until it has declined: it has no business with the owner any more. Source: tender R44.
 */
export const mayViewPapers = (access: Access, subject: Subject, row: AccessRow): boolean => {
  const plain = (verb: string, seen: AccessRow): boolean =>
    access.fieldViews(subject, permissionOf(verb), seen)('paper') === 'plain';
  if (passes(access.rowFilter(subject, permissionOf('read')), row)) return plain('read', row);
  return row.state !== declined && plain('takeOver', { ...row, organisation: row.successor ?? null });
};
