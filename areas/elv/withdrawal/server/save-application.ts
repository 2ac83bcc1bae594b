import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handler } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { type AnyDraft, faultsOf, readChanges } from '#kernel/fields/field.ts';
import type { withdrawalContract } from '../model/withdrawal.contract.ts';
import { applicationFields } from '../model/withdrawal.fields.ts';
import { lockWithdrawal, saveRecord } from './withdrawal.store.ts';
import { accessRowOf, rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { leaveFact } from './withdrawal-facts.ts';
import { mayEdit } from './withdrawal-view.ts';

const blank = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(blank(a)) === JSON.stringify(blank(b));

const titleOf = (name: string): string =>
  Object.entries(applicationFields).find(([field]) => field === name)?.[1].title ?? name;

const readTyped = (
  changes: Readonly<Record<string, { readonly now?: unknown }>>,
  context: CallContext<'BAD_VALUE'>,
): AnyDraft => {
  const typed = Object.fromEntries(Object.entries(changes).map(([name, { now }]) => [name, now]));
  const { values, faults } = readChanges(applicationFields, typed);
  if (faults.length === 0) return values;
  const problems = faults.map(({ field, message }) => ({ path: `application.${field}`, message }));
  return context.fail('BAD_VALUE', { message: problems.map(({ message }) => message).join('；'), problems });
};

/** Saves changed fields of an application: what somebody else changed meanwhile is refused together, everything else is merged. */
export const saveApplication =
  (desk: WithdrawalDesk): Handler<(typeof withdrawalContract)['saveApplication']> =>
  async ({ id, changes }, context) => {
    const values = readTyped(changes, context);
    return inTransaction(desk.db, async (tx) => {
      const found = await lockWithdrawal(tx, desk, id, rowsFor(desk.access, context.subject, 'edit'));
      if (!found) throw notFound();
      if (!mayEdit(desk.access, context.subject, accessRowOf(found.row))) return context.fail('NOT_EDITABLE');
      const before = found.record.application;
      const clashes = Object.keys(changes).filter(
        (name) => !same(before[name], changes[name]?.was) && !same(before[name], values[name]),
      );
      if (clashes.length > 0)
        return context.fail('CONFLICT', {
          problems: clashes.map((name) => ({ path: `application.${name}`, message: `${titleOf(name)}刚被他人修改` })),
          detail: {
            current: Object.fromEntries(clashes.map((name) => [name, before[name] ?? null])),
            version: found.version,
          },
        });
      const application = { ...before, ...values };
      const changed = Object.keys(values).filter((name) => !same(before[name], values[name]));
      const version = found.version + (changed.length > 0 ? 1 : 0);
      if (changed.length > 0) {
        await saveRecord(tx, id, { ...found.record, application }, version);
        await leaveFact(tx, context, id, 'saveApplication', {
          fields: changed.sort(),
          version,
          changes: Object.fromEntries(
            changed.map((name) => [name, { was: before[name] ?? null, now: values[name] ?? null }]),
          ),
        });
      }
      return { version, values: application, faults: [...faultsOf(applicationFields, application)] };
    });
  };
