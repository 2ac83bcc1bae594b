import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { AnyDraft, Fields } from '#kernel/fields/field.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import type { VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { type SectionId, sectionIds } from '../model/vehicle-case.views.ts';

const purpose = 'personal-data';

const isSealedField = (fields: Fields, name: string): boolean => {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field !== undefined && field.sensitivity !== 'open';
};

type Change = (value: string, place: string) => Promise<string>;

const mapSections = async <S extends Readonly<Partial<Record<SectionId, AnyDraft>>>>(
  kept: S,
  under: string,
  change: Change,
): Promise<S> => {
  const done: Partial<Record<SectionId, AnyDraft>> = {};
  for (const id of sectionIds) {
    const filled = kept[id];
    if (filled === undefined) continue;
    const draft: Record<string, unknown> = { ...filled };
    for (const [name, value] of Object.entries(draft)) {
      if (typeof value === 'string' && isSealedField(sections[id].fields, name))
        draft[name] = await change(value, `${under}${id}.${name}`);
    }
    done[id] = draft;
  }
  // Every section that is there was visited.
  return done as S;
};

const mapPersonal = async (record: VehicleCaseRecord, change: Change): Promise<VehicleCaseRecord> => {
  const mapped = { ...record, sections: await mapSections(record.sections, '', change) };
  const accepted = record.identity?.accepted;
  if (!record.identity || !accepted) return mapped;
  const kept = { ...accepted, sections: await mapSections(accepted.sections, 'accepted.', change) };
  return { ...mapped, identity: { ...record.identity, accepted: kept } };
};

/** The record as it is stored: every personal value sealed with SM4, bound to its case and field. Source: tender R55 (4). */
export const sealRecord = async (crypto: Crypto, caseId: string, record: VehicleCaseRecord): Promise<string> =>
  JSON.stringify(
    await mapPersonal(record, (value, place) => crypto.seal(purpose, Buffer.from(value, 'utf8'), `${caseId}:${place}`)),
  );

/** A sealed record with every personal value sealed anew by `again`. */
export const resealRecord = async (
  caseId: string,
  text: string,
  again: (use: typeof purpose, sealed: string, place: string) => Promise<string | null>,
): Promise<string> =>
  JSON.stringify(
    await mapPersonal(
      JSON.parse(text) as VehicleCaseRecord,
      async (value, place) => (await again(purpose, value, `${caseId}:${place}`)) ?? value,
    ),
  );

/** The record as the engine and handlers use it. Errors: throws when a sealed value was altered or moved. */
export const openRecord = async (crypto: Crypto, caseId: string, text: string): Promise<VehicleCaseRecord> =>
  // Written by sealRecord; the shape is ours and personal values are authenticated.
  mapPersonal(JSON.parse(text) as VehicleCaseRecord, async (value, place) =>
    Buffer.from(await crypto.open(purpose, value, `${caseId}:${place}`)).toString('utf8'),
  );
