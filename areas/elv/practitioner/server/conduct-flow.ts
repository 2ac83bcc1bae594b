import { everyRow } from '#kernel/access/predicate.ts';
import type { Refusal } from '#kernel/lifecycle/decide.ts';
import { type EffectScene, type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { kindNamed } from '#practices/notice/model/notice-kind.ts';
import { conductKinds } from '../model/conduct.fields.ts';
import { type ConductRecord, conduct } from '../model/conduct.lifecycle.ts';
import { titleIn } from '../model/practitioner.fields.ts';
import { conductNotices } from '../model/practitioner.notices.ts';
import { conductStore, type FoundConduct } from './conduct.store.ts';
import { findPractitioner } from './practitioner.store.ts';
import type { PractitionerTable } from './practitioner.tables.ts';
import { conductAccessRowOf } from './practitioner-access.ts';
import type { PractitionerParts } from './practitioner-desk.ts';
import { digestOfWords } from './practitioner-seal.ts';

type Scene = EffectScene<ConductRecord, FoundConduct>;

/** The hooks a conduct record's definition may name. */
export const hookNames = ['while-at-work'] as const;

/** What was done was done while the person was at work at the enterprise that answers for the record, and not in the future; undefined when so. */
export const timeFault = (
  { since, left_on }: Pick<PractitionerTable, 'since' | 'left_on'>,
  occurredOn: string,
  now: Date,
): Refusal | undefined => {
  const last = left_on ?? shanghaiDay(now);
  if (since <= occurredOn && occurredOn <= last) return undefined;
  return { why: 'guard', path: 'input.occurredOn', message: `发生日期须在该人员在岗期间（${since} 至 ${last}）` };
};

const whileAtWork: Hook<ConductRecord, FoundConduct> = async ({ tx, before, after, now }) => {
  const person = await findPractitioner(tx, before.row.practitioner_id, everyRow);
  if (!person) throw new Error(`there is no person ${before.row.practitioner_id}`);
  const fault = timeFault(person, after.record.facts.occurredOn, now);
  return fault ? { refusals: [fault] } : {};
};

/** Tells the enterprise what became of a record; that one is disputed, the commission. */
const tell =
  ({ notices }: PractitionerParts) =>
  async ({ tx, before, after, now }: Scene, notice: string): Promise<void> => {
    const kind = kindNamed(conductNotices, notice);
    const { row } = before;
    await notices.raise(tx, {
      kind,
      values: { kind: titleIn(conductKinds, after.record.facts.kind) },
      // The person's page is where the record is read.
      matter: {
        type: 'elv.practitioner',
        id: row.practitioner_id,
        row: conductAccessRowOf({ ...row, state: after.state }),
      },
      occasion: `conduct ${row.id} step ${after.version}`,
      organisationId: kind === conductNotices.objected ? null : row.organisation_id,
      at: now,
    });
  };

/** Builds the engine of conduct records. */
export const conductEngine = (parts: PractitionerParts): Engine<ConductRecord, FoundConduct> => {
  const { db, clock, settings, signer, crypto } = parts;
  const hooks: Readonly<Record<(typeof hookNames)[number], Hook<ConductRecord, FoundConduct>>> = {
    'while-at-work': whileAtWork,
  };
  return engineOf<ConductRecord, FoundConduct>({
    db,
    clock,
    lifecycles: [widened(conduct)],
    store: conductStore(crypto),
    send: () => Promise.reject(new Error('conduct records are sent nowhere')),
    hooks,
    tell: tell(parts),
    deadline: settings.deadline,
    sign: (tx, actor, digest) => signer.sign(tx, actor.id, digest),
    // Nothing of a record changes but by steps, whose input stands with them.
    changes: async () => [],
    // Free words may name anybody: they stand sealed in the record, and in the step by a keyed digest.
    keptInput: async (input) => {
      const { reason, text, ...rest } = input;
      const digests: Record<string, string> = {};
      for (const [name, words] of Object.entries({ reason, text }))
        if (typeof words === 'string') digests[`${name}Digest`] = await digestOfWords(crypto, words);
      return { ...rest, ...digests };
    },
    digestible: (record) => record,
  });
};
