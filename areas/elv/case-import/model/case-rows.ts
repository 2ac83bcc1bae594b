import type { AnyDraft } from '#kernel/fields/field.ts';
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
  yesOrNo,
} from '#practices/workbook/model/import-columns.ts';
import type { ReadRow } from '#practices/workbook/model/workbook.ts';
import type { CaseToOpen } from '../../vehicle-case/model/opening.ts';
import { sections } from '../../vehicle-case/model/vehicle-case.fields.ts';
import { emptyRecord } from '../../vehicle-case/model/vehicle-case.record.ts';

/** The sections a clerk fills when a vehicle comes in. */
const filled = ['papers', 'owner', 'agent'] as const;

/** What a case is opened with. */
type FilledSections = CaseToOpen['sections'];

/** A line that is right. */
export interface GoodCase {
  readonly line: number;
  readonly sections: FilledSections;
}

/** What a workbook says. */
export type ReadCases = ReadLines<GoodCase>;

/** Without these a line is not worth a case; what else is missing is filled in the case. */
const needed = ['papers.vin', 'owner.ownerName'];

/** The columns of the template, in the order of the pages. */
export const caseColumns: readonly ImportColumn[] = filled
  .flatMap((section) => columnsOfFields(section, sections[section].fields))
  .map((column) => ({ ...column, needed: needed.includes(column.name) }));

const startOf = (line: LineInHand): FilledSections => {
  // Whether the vehicle is on the register, who owns it and whether an agent comes decide which other cells are asked for; left empty they are the everyday case.
  const registered = yesOrNo(line.cell('papers.registeredWithPolice')) !== false;
  const { papers, owner, agent } = emptyRecord(registered).sections;
  const hasAgent = line.cell('agent.agentName') !== '' || line.cell('agent.agentIdentityNo') !== '';
  const isOrganisation = line.cell('owner.ownerCreditCode') !== '' && line.cell('owner.ownerIdentityNo') === '';
  return {
    papers,
    owner: { ...owner, ...(isOrganisation ? { ownerKind: 'organisation' } : {}) },
    agent: { ...agent, hasAgent },
  };
};

const readLine = (
  places: ReadonlyMap<string, number>,
  row: ReadRow,
): { readonly row: GoodCase | null; readonly faults: readonly ImportFault[] } => {
  const line = lineInHand(caseColumns, places, row);
  for (const name of needed) {
    if (line.cell(name) === '') line.wrong(name, '必须填写');
  }
  const start = startOf(line);
  const read = (section: (typeof filled)[number]): AnyDraft =>
    draftOfCells(section, sections[section].fields, line, { start: start[section], mayLack: true });
  const [papers, owner, agent] = [read('papers'), read('owner'), read('agent')];
  const faults = line.faults();
  return { row: faults.length > 0 ? null : { line: row.line, sections: { papers, owner, agent } }, faults };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The frame number of a line, in its normal form. */
export const vinOf = ({ sections: { papers } }: GoodCase): string => textOf(papers.vin) ?? '';

/** Reads cases from the lines under the head; everything wrong is told at once, by line and column. Source: tender R01. */
export const readCases = (lines: readonly ReadRow[], places: ReadonlyMap<string, number>): ReadCases => {
  const read = lines.map((line) => readLine(places, line));
  const rows = read.flatMap(({ row }) => (row ? [row] : []));
  const vins = repeatedLines(rows, vinOf);
  const plates = repeatedLines(rows, ({ sections: { papers } }) => {
    const plate = textOf(papers.plateNo);
    return plate && `${plate} ${textOf(papers.plateTypeCode) ?? ''}`;
  });
  const twice = rows.flatMap(({ line }): ImportFault[] => [
    ...(vins.has(line) ? [{ line, column: '车辆识别代号', message: `与第 ${vins.get(line)} 行重复` }] : []),
    ...(plates.has(line) ? [{ line, column: '号牌号码', message: `与第 ${plates.get(line)} 行重复` }] : []),
  ]);
  return withFaults({ total: lines.length, good: rows, faults: read.flatMap(({ faults }) => faults) }, twice);
};

/** The same without the vehicles the enterprise has in hand already; `inHand` are the numbers of those cases by VIN. */
export const withoutThoseInHand = (read: ReadCases, inHand: ReadonlyMap<string, string>): ReadCases =>
  withFaults(
    read,
    read.good.flatMap((row) => {
      const caseNo = inHand.get(vinOf(row));
      const message = `本企业已有这辆车的在办案卷 ${caseNo}`;
      return caseNo === undefined ? [] : [{ line: row.line, column: '车辆识别代号', message }];
    }),
  );
