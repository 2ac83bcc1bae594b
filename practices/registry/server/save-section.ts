import { auditChanges } from '#kernel/audit/changes.ts';
import { latestFactsOf } from '#kernel/audit/trail.store.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handler } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { type AnyDraft, type Fields, faultsOf, readChanges } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import type { RegistryContract } from '../model/registry.contract.ts';
import { lockEntry, saveRecord } from './entry.store.ts';
import { accessRowOf } from './entry-access.ts';
import { leaveEntryFact } from './entry-facts.ts';
import { rowsFor } from './entry-rows.ts';
import { mayEdit } from './entry-view.ts';
import type { RegistryDesk } from './registry-desk.ts';

type Save = RegistryContract['saveSection'];
type Changes = Readonly<Record<string, { readonly was?: unknown; readonly now?: unknown }>>;

const same = (a: unknown, b: unknown): boolean => {
  const blank = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
  return JSON.stringify(blank(a)) === JSON.stringify(blank(b));
};

/** How many savings are looked back through for who changed a field; what lies further back did not happen just now. */
const savingsLookedAt = 30;

/** Who last changed each field of a section by hand; null where that was nobody lately. */
const changedBy = async (tx: Tx, profileId: string, entryId: string, section: string) => {
  const about = { type: profileId, id: entryId };
  const facts = await latestFactsOf(tx, about, `${profileId}.saveSection`, savingsLookedAt);
  return (field: string): string | null =>
    facts.find(
      ({ detail }) => detail.section === section && Array.isArray(detail.fields) && detail.fields.includes(field),
    )?.actor.name ?? null;
};

/** Fields somebody else changed meanwhile, told together with what stands there now. */
const refuseClashes = async (
  tx: Tx,
  desk: RegistryDesk,
  context: CallContext<'CONFLICT'>,
  clash: {
    readonly entryId: string;
    readonly section: string;
    readonly names: readonly string[];
    readonly shown: (name: string) => unknown;
    readonly fields: Fields;
    readonly version: number;
  },
): Promise<never> => {
  const { entryId, section, names, shown, fields, version } = clash;
  const by = await changedBy(tx, desk.profile.id, entryId, section);
  return context.fail('CONFLICT', {
    problems: names.map((name) => ({
      path: `${section}.${name}`,
      message: `${fields[name]?.title ?? name}刚被${by(name) ?? '他人'}修改`,
    })),
    detail: {
      current: Object.fromEntries(names.map((name) => [name, shown(name) ?? null])),
      by: Object.fromEntries(names.map((name) => [name, by(name)])),
      version,
    },
  });
};

const readTyped = (section: string, fields: Fields, changes: Changes, context: CallContext<'BAD_VALUE'>): AnyDraft => {
  const typed = Object.fromEntries(Object.entries(changes).map(([name, { now }]) => [name, now]));
  const { values, faults } = readChanges(fields, typed);
  if (faults.length === 0) return values;
  const problems = faults.map(({ field, message }) => ({ path: `${section}.${field}`, message }));
  return context.fail('BAD_VALUE', { message: problems.map(({ message }) => message).join('；'), problems });
};

/**
 * Saves changed fields of a section. Each change tells what stood there when the person began: fields somebody else changed meanwhile are
 * refused together, with what stands there now; everything else is merged.
 */
export const saveSection =
  (desk: RegistryDesk): Handler<Save> =>
  async ({ id, section, changes }, context) => {
    const { profile, crypto, access, organisations } = desk;
    const known = Object.hasOwn(profile.sections, section) ? profile.sections[section] : undefined;
    if (!known) throw notFound();
    const { fields } = known;
    const values = readTyped(section, fields, changes, context);
    const rows = await rowsFor(desk, context, 'edit');
    return inTransaction(desk.db, async (tx) => {
      const loaded = await lockEntry(tx, { profile, crypto }, id, rows);
      if (!loaded) throw notFound();
      const { snapshot } = loaded;
      const row = accessRowOf(loaded.row, await organisations.find(tx, loaded.row.organisation_id));
      if (!mayEdit(access, profile, context.subject, row, section)) return context.fail('NOT_EDITABLE');
      const view = access.fieldViews(context.subject, `${profile.id}:read`, row);
      const before = snapshot.record.sections[section] ?? {};
      const shown = (draft: AnyDraft) => (name: string) => {
        const field = fields[name];
        return field && shownValue(field, draft[name], view(`${section}.${name}`));
      };
      const names = Object.keys(changes).filter(
        (name) => !same(before[name], changes[name]?.was) && !same(before[name], values[name]),
      );
      if (names.length > 0) {
        const { version } = snapshot;
        return refuseClashes(tx, desk, context, { entryId: id, section, names, shown: shown(before), fields, version });
      }
      const draft = { ...before, ...values };
      const record = { ...snapshot.record, sections: { ...snapshot.record.sections, [section]: draft } };
      const changed = Object.keys(values).filter((name) => !same(before[name], values[name]));
      const version = snapshot.version + (changed.length > 0 ? 1 : 0);
      if (changed.length > 0) {
        await saveRecord(tx, { profile, crypto }, id, record, version);
        const saved = Object.fromEntries(changed.map((name) => [name, values[name]]));
        await leaveEntryFact(tx, context, profile, id, 'saveSection', {
          section,
          fields: changed.sort(),
          version,
          changes: await auditChanges(crypto, fields, before, saved),
        });
      }
      const entries = Object.keys(fields).flatMap((name) => {
        const value = shown(draft)(name);
        return value === undefined ? [] : [[name, value] as const];
      });
      return { version, values: Object.fromEntries(entries), faults: [...faultsOf(fields, draft)] };
    });
  };
