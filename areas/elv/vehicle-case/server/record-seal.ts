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

const mapPersonal = async (
  record: VehicleCaseRecord,
  change: (value: string, place: string) => Promise<string>,
): Promise<VehicleCaseRecord> => {
  const done: Partial<Record<SectionId, AnyDraft>> = {};
  for (const id of sectionIds) {
    const draft: Record<string, unknown> = { ...record.sections[id] };
    for (const [name, value] of Object.entries(draft)) {
      if (typeof value === 'string' && isSealedField(sections[id].fields, name))
        draft[name] = await change(value, `${id}.${name}`);
    }
    done[id] = draft;
  }
  // Every section id was visited.
  return { ...record, sections: done as VehicleCaseRecord['sections'] };
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
