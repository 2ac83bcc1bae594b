import { notFound } from '#kernel/contract/failure.ts';
import type { Handler } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { Field } from '#kernel/fields/field.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { leaveChangeFact } from './save-section.ts';
import { findCase } from './vehicle-case.store.ts';

/** Shows one masked value in plain; who, which field and why are put down before the answer leaves, the value never. Source: tender R44, domain 10.5. */
export const reveal =
  (desk: CaseDesk): Handler<typeof vehicleCaseContract.reveal> =>
  async ({ id, section, field, reason }, context) => {
    const rows = desk.access.rowFilter(context.subject, 'elv.vehicle-case:reveal');
    const loaded = await findCase(desk.db, desk.crypto, id, rows);
    if (!loaded) throw notFound();
    const view = desk.access.fieldViews(context.subject, 'elv.vehicle-case:read', accessRowOf(loaded.row));
    if (view(`${section}.${field}`) === 'hidden') return context.fail('HIDDEN');
    const fields: Readonly<Record<string, Field>> = sections[section].fields;
    const value = Object.hasOwn(fields, field) ? loaded.snapshot.record.sections[section][field] : undefined;
    if (typeof value !== 'string' || value === '') return context.fail('NOTHING');
    await inTransaction(desk.db, (tx) =>
      leaveChangeFact(tx, context, id, 'elv.vehicle-case.reveal', { field: `${section}.${field}`, reason }),
    );
    return { value };
  };
