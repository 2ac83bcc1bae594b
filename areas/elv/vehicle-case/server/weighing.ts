import type { Predicate } from '#kernel/access/predicate.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { findPhotoPart } from '../model/photo-parts.ts';
import { accessRowOf } from './case-access.ts';
import { findCase } from './vehicle-case.store.ts';
import { findCaseRow, findWeighed, listWeighed, namedCases, type WeighedRow } from './weighed-photos.store.ts';

const photoOf = (row: WeighedRow) => ({
  id: row.id,
  part: row.part,
  title: findPhotoPart(row.part)?.title ?? row.part,
  mediaType: row.media_type,
  fileName: row.file_name,
  uploadedAt: row.uploaded_at,
  operatorName: row.operator_name,
  deviceTime: row.device_time,
  place: row.place,
  removed: row.removed_at !== null,
});

/** What is asked of vehicle cases about their photographs. Source: tender R03, R04. */
export const caseWeighing = ({ crypto }: { readonly crypto: Crypto }) => ({
  find: async (db: Db, caseId: string, rows: Predicate) => {
    const found = await findCase(db, crypto, caseId, rows);
    if (!found) return undefined;
    const { handedOverAt } = found.snapshot.record;
    return {
      enterpriseId: found.row.enterprise_id,
      vin: found.row.vin,
      openedAt: found.row.opened_at,
      handedOverAt: handedOverAt === null ? null : new Date(handedOverAt),
    };
  },
  photosOf: async (db: Db, caseId: string) => (await listWeighed(db, caseId)).map(photoOf),
  photos: async (db: Db, ids: readonly string[]) => (await findWeighed(db, ids)).map(photoOf),
  named: async (db: Db, ids: readonly string[], rows: Predicate) =>
    (await namedCases(db, ids, rows)).map(({ id, case_no: caseNo, enterprise_name: enterpriseName, vin }) => ({
      id,
      caseNo,
      enterpriseName,
      vin,
    })),
  target: async (tx: Tx, caseId: string) => {
    const row = await findCaseRow(tx, caseId);
    return row && { caseNo: row.case_no, row: accessRowOf(row) };
  },
});
