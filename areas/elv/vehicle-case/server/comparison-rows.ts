import { compareValues } from '#practices/comparison/model/compare-values.ts';
import { fuelTypes, plateTypes, titleOf, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import type { ComparisonRow, SectionId } from '../model/vehicle-case.views.ts';
import type { PoliceVehicle } from './answers.ts';

/** A reading of one field on one photograph. */
export interface ReadValue {
  readonly value: string;
  readonly photoId: string;
}

/** How police name our compared fields. */
const policeValues = (answer: PoliceVehicle): Readonly<Record<string, string | null>> => ({
  plateNo: answer.plateNo ?? null,
  plateTypeCode: answer.plateTypeCode ?? null,
  vin: answer.vin,
  vehicleTypeCode: answer.typeCode ?? null,
  useNatureCode: answer.useNature ?? null,
  fuelTypeCode: answer.fuel ?? null,
  brandModel: answer.brandModel ?? null,
  engineNo: answer.engineNo ?? null,
  registrationDate: answer.registrationDate ?? null,
});

const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plateTypeCode: plateTypes,
  vehicleTypeCode: vehicleTypes,
  useNatureCode: useNatures,
  fuelTypeCode: fuelTypes,
};

const shown = (field: string, value: string | null): string | null => {
  const list = lists[field];
  return value !== null && list ? titleOf(list, value) : value;
};

/** Police tell who owns the vehicle only as "fits" or "does not": that answer is the row. */
const ownerRow = (record: VehicleCase): ComparisonRow | undefined => {
  const outcome = record.checks['owner-consistency'];
  if (outcome?.status !== 'answered') return undefined;
  const equal = outcome.verdict === 'pass';
  const entered = String(record.sections.owner.ownerName ?? '');
  return {
    field: 'ownerName',
    section: 'owner',
    title: '所有人',
    entered,
    read: null,
    police: equal ? entered : outcome.text,
    verdict: equal ? 'equal' : 'different',
    enteredMarks: equal ? [] : [[0, [...entered].length]],
    policeMarks: [],
    photoId: null,
  };
};

const fieldRows = (
  record: VehicleCase,
  section: SectionId,
  police: Readonly<Record<string, string | null>>,
  reads: Readonly<Record<string, ReadValue>>,
): ComparisonRow[] =>
  Object.entries(sections[section].fields).flatMap(([field, { title, comparedWith }]): ComparisonRow[] => {
    if (comparedWith === undefined || !Object.hasOwn(police, comparedWith)) return [];
    const value = record.sections[section][field];
    const [ours, theirs] = [typeof value === 'string' ? value : null, police[comparedWith] ?? null];
    const [entered, outside] = [shown(field, ours) ?? '', shown(field, theirs)];
    const judged = compareValues(ours, theirs);
    const marks = judged.verdict === 'different' ? compareValues(entered, outside) : judged;
    const read = reads[`${section}.${field}`];
    return [
      {
        field,
        section,
        title,
        entered,
        read: read ? shown(field, read.value) : null,
        police: outside,
        verdict: judged.verdict,
        enteredMarks: marks.enteredMarks.map(([from, to]) => [from, to]),
        policeMarks: marks.outsideMarks.map(([from, to]) => [from, to]),
        photoId: read?.photoId ?? null,
      },
    ];
  });

/** Compares a case field by field with police data, differing rows first. Source: tender R02. */
export const compareWithPolice = (
  record: VehicleCase,
  answer: PoliceVehicle,
  reads: Readonly<Record<string, ReadValue>>,
): readonly ComparisonRow[] => {
  const owner = ownerRow(record);
  const rows = [...fieldRows(record, 'papers', policeValues(answer), reads), ...(owner ? [owner] : [])];
  const weight = (row: ComparisonRow): number => (row.verdict === 'equal' ? 1 : 0);
  return rows.sort((a, b) => weight(a) - weight(b));
};

/** Whether the system may pass the case by itself: every compared field equal. What police do not tell is not equal. */
export const allEqual = (rows: readonly ComparisonRow[]): boolean => rows.every(({ verdict }) => verdict === 'equal');
