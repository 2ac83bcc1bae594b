import type { Field } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import type { StepChange } from '#kernel/lifecycle/step.store.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import type { VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { sectionIds } from '../model/vehicle-case.views.ts';

/** A field's value in words: code titles, yes and no, counts of lists; personal values masked. */
export const inWords = (field: Field, value: unknown): string => {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return `${value.length} 项`;
  const shown = String(shownValue(field, value, 'masked'));
  return field.choices && Object.hasOwn(field.choices, shown) ? (field.choices[shown] ?? shown) : shown;
};

/** What was changed between two records, field by field in form order; for the timeline. */
export const changesBetween = (before: VehicleCaseRecord, after: VehicleCaseRecord): readonly StepChange[] =>
  sectionIds.flatMap((id) =>
    Object.entries(sections[id].fields).flatMap(([name, field]): StepChange[] => {
      const [old, now] = [before.sections[id][name], after.sections[id][name]];
      if (JSON.stringify(old ?? null) === JSON.stringify(now ?? null)) return [];
      return [{ title: field.title, before: inWords(field, old), after: inWords(field, now) }];
    }),
  );
