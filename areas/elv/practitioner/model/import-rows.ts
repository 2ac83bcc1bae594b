import {
  columnsOfFields,
  draftOfCells,
  type ImportColumn,
  type ImportFault,
  type LineInHand,
  lineInHand,
  type ReadLines,
  repeatedLines,
  withFaults,
} from '#practices/workbook/model/import-columns.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import { certificateDayFaults, certificateFields, practitionerFields } from './practitioner.fields.ts';
import type { CertificateValues, PractitionerValues } from './practitioner.values.ts';

/** The columns of the template, in order: the person, and one certificate that may be left out. */
export const practitionerColumns: readonly ImportColumn[] = [
  ...columnsOfFields('person', practitionerFields),
  ...columnsOfFields('certificate', certificateFields).map((column) => ({
    ...column,
    needed: false,
    note: [column.note, '没有证书的，证书各列都不填'].filter((one) => one !== '').join('；'),
  })),
];

/** A line that is right. */
export interface GoodPractitioner {
  readonly line: number;
  readonly values: PractitionerValues;
  readonly certificate: CertificateValues | null;
}

const certificateOf = (row: LineInHand, today: string): CertificateValues | null => {
  if (Object.keys(certificateFields).every((name) => row.cell(`certificate.${name}`) === '')) return null;
  const draft = draftOfCells('certificate', certificateFields, row);
  for (const { field, message } of certificateDayFaults(draft, today)) row.wrong(`certificate.${field}`, message);
  // Whole where the line has no faults, and looked at only then.
  return { validUntil: null, ...draft } as unknown as CertificateValues;
};

const readLine = (
  row: ReadRow,
  places: ReadonlyMap<string, number>,
  today: string,
): { readonly good: GoodPractitioner | null; readonly faults: readonly ImportFault[] } => {
  const line = lineInHand(practitionerColumns, places, row);
  const values = draftOfCells('person', practitionerFields, line);
  if (typeof values.since === 'string' && values.since > today) line.wrong('person.since', '到岗日期不能晚于今天');
  const certificate = certificateOf(line, today);
  const faults = line.faults();
  // Every field was judged just above.
  const good = { line: row.line, values: values as unknown as PractitionerValues, certificate };
  return { good: faults.length > 0 ? null : good, faults };
};

/** Reads people from the lines under the head; everything wrong is told at once, by line and column. `today` is a day in Shanghai. */
export const readPractitioners = (
  lines: readonly ReadRow[],
  places: ReadonlyMap<string, number>,
  today: string,
): ReadLines<GoodPractitioner> => {
  const read = lines.map((line) => readLine(line, places, today));
  const rows = read.flatMap(({ good }) => (good ? [good] : []));
  const again = repeatedLines(rows, ({ values }) => values.identityNo);
  const twice = [...again].map(
    ([line, first]): ImportFault => ({
      line,
      column: practitionerFields.identityNo.title,
      message: `与第 ${first} 行重复`,
    }),
  );
  return withFaults({ total: lines.length, good: rows, faults: read.flatMap(({ faults }) => faults) }, twice);
};
