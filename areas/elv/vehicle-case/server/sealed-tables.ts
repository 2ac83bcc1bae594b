import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import { checkPlace } from './check.store.ts';
import { readingPlace } from './photo.store.ts';
import { indexesOf } from './projection.ts';
import { openRecord, resealRecord } from './record-seal.ts';

const cases: SealedTable = {
  table: 'elv.vehicle_case',
  title: '报废案卷',
  key: ['id'],
  columns: ['record', 'record_at_step', 'owner_identity_index', 'owner_phone_index'],
  reseal: async ({ id, record, record_at_step: atStep }, { crypto, again }) => {
    const [caseId, text] = [id ?? '', record ?? ''];
    const opened = await openRecord(crypto, caseId, text);
    return {
      record: await resealRecord(caseId, text, again),
      record_at_step: await resealRecord(caseId, atStep ?? '', again),
      ...(await indexesOf(crypto, opened)),
    };
  },
};

/** What is sealed of the vehicle case. Source: tender R55 (4). */
export const elvSealed: readonly SealedTable[] = [
  cases,
  sealedColumns({
    table: 'elv.vehicle_check',
    title: '外部核验应答',
    key: ['case_id', 'kind'],
    purpose: 'exchange',
    columns: { answer: (row) => checkPlace(row.case_id ?? '', row.kind ?? '') },
  }),
  sealedColumns({
    table: 'elv.vehicle_photo',
    title: '证件识别结果',
    key: ['id'],
    purpose: 'reading',
    columns: { ocr_fields: (row) => readingPlace(row.id ?? '') },
  }),
];
