import type { Tx } from '#kernel/db/database.ts';
import { type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import type { StepChange } from '#kernel/lifecycle/step.store.ts';
import { inWords } from '../model/entry-comparison.ts';
import { fieldsOfProfile, type RegistryProfile } from '../model/profile.ts';
import type { RegistryCase, RegistryRecord } from '../model/registry-record.ts';
import { type EntryShelf, entryStore, findAccessColumns, keptOf, recordAtStep } from './entry.store.ts';
import { listFiles, restoreFiles } from './entry-file.store.ts';
import { askRegister } from './register-answers.ts';
import type { RegistryParts } from './registry-desk.ts';
import { tellEnterprise } from './telling.ts';

/** The hooks an entry's definition may name. */
export const hookNames = [
  'note-organisation',
  'ask-register',
  'enter-registry',
  'restore-standing',
  'leave-registry',
] as const;
type HookName = (typeof hookNames)[number];

const fileFacts = (rows: readonly { id: string; part: string; sm3: string }[]): RegistryCase['files'] =>
  rows.map(({ id, part, sm3 }) => ({ id, part, sm3 }));

const organisationOf = async ({ profile }: RegistryParts, tx: Tx, id: string): Promise<string> => {
  const row = await findAccessColumns(tx, profile, id);
  if (!row) throw new Error(`there is no entry ${id}`);
  return row.organisation_id;
};

const hooksOf = (parts: RegistryParts): Readonly<Record<HookName, Hook<RegistryCase>>> => {
  const { profile, organisations } = parts;
  return {
    'note-organisation': async ({ tx, after }) => {
      const organisation = await organisations.find(tx, await organisationOf(parts, tx, after.id));
      if (!organisation) return {};
      const { name, creditCode } = organisation;
      return { record: { ...after.record, submittedAs: { name, creditCode } } };
    },
    'ask-register': async ({ tx, after, now, traceId }) => {
      const organisationId = await organisationOf(parts, tx, after.id);
      await askRegister(parts, tx, { entryId: after.id, organisationId, now, traceId });
      return {};
    },
    'enter-registry': async ({ after, now }) => {
      const { record } = after;
      const registeredAt = record.standing?.registeredAt ?? now.toISOString();
      const files = record.files.map(({ id }) => id);
      return { record: { ...record, standing: { sections: record.sections, files, registeredAt } } };
    },
    'restore-standing': async ({ tx, after, actor, now }) => {
      const { record } = after;
      if (!record.standing) return {};
      const { sections, files } = record.standing;
      await restoreFiles(tx, profile.schema, after.id, files, actor.id, now);
      const there = await listFiles(tx, profile.schema, after.id);
      return { record: { ...record, sections, files: fileFacts(there) } };
    },
    'leave-registry': async ({ after }) => ({ record: { ...after.record, standing: null } }),
  };
};

/** What was changed between two records, field by field in form order; personal values masked. For the timeline. */
const changesBetween = (
  profile: RegistryProfile,
  before: RegistryRecord,
  after: RegistryRecord,
): readonly StepChange[] =>
  fieldsOfProfile(profile).flatMap(({ section, field, definition }): StepChange[] => {
    const [old, now] = [before.sections[section]?.[field], after.sections[section]?.[field]];
    if (JSON.stringify(old ?? null) === JSON.stringify(now ?? null)) return [];
    const words = (value: unknown): string => inWords(definition, value, 'masked');
    return [{ title: definition.title, before: words(old), after: words(now) }];
  });

/** Builds the engine of a registry's entries. */
export const registryEngine = (parts: RegistryParts): Engine<RegistryCase> => {
  const { profile, db, crypto, clock, settings, signer, hands } = parts;
  const shelf: EntryShelf = { profile, crypto };
  return engineOf<RegistryCase>({
    db,
    clock,
    lifecycles: [profile.flow().lifecycle],
    store: entryStore(shelf),
    send: async (_scene, connector, exchange) => {
      throw new Error(`an entry declares no message ${connector}.${exchange}`);
    },
    hooks: { ...hooksOf(parts), ...hands?.hooks },
    tell: tellEnterprise(parts),
    deadline: hands?.deadline ?? settings.deadline,
    sign: (tx: Tx, actor, digest) => signer.sign(tx, actor.id, digest),
    changes: async (tx, { id, record }) => changesBetween(profile, await recordAtStep(tx, shelf, id), keptOf(record)),
    digestible: (record) => ({ ...keptOf(record), files: record.files }),
  });
};
