import { notFound } from '#kernel/contract/failure.ts';
import type { Handler } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { RegistryContract } from '../model/registry.contract.ts';
import { findEntry } from './entry.store.ts';
import { accessRowOf } from './entry-access.ts';
import { leaveEntryFact } from './entry-facts.ts';
import { rowsFor } from './entry-rows.ts';
import type { RegistryDesk } from './registry-desk.ts';

/** Shows one masked value in plain; who, which field and why are put down before the answer leaves, the value never. Source: tender R44, domain 10.5. */
export const reveal =
  (desk: RegistryDesk): Handler<RegistryContract['reveal']> =>
  async ({ id, section, field, reason }, context) => {
    const { profile, db, crypto, access, organisations } = desk;
    const loaded = await findEntry(db, { profile, crypto }, id, await rowsFor(desk, context, 'reveal'));
    if (!loaded) throw notFound();
    const organisation = await organisations.find(db, loaded.row.organisation_id);
    const view = access.fieldViews(context.subject, `${profile.id}:read`, accessRowOf(loaded.row, organisation));
    if (view(`${section}.${field}`) === 'hidden') return context.fail('HIDDEN');
    const known = Object.hasOwn(profile.sections, section) ? (profile.sections[section]?.fields ?? {}) : {};
    const draft = loaded.snapshot.record.sections[section] ?? {};
    const value = Object.hasOwn(known, field) && Object.hasOwn(draft, field) ? draft[field] : undefined;
    if (typeof value !== 'string' || value === '') return context.fail('NOTHING');
    await inTransaction(db, (tx) =>
      leaveEntryFact(tx, context, profile, id, 'reveal', { field: `${section}.${field}`, reason }),
    );
    return { value };
  };
