import { appendFacts } from '#kernel/audit/trail.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { CaseToOpen, OpeningFor } from '../model/opening.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { emptyRecord, type VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { askQuestions } from './asking.ts';
import { caseNumbersByVin } from './case-numbers.store.ts';
import type { FlowParts } from './flow.ts';
import { addCase, nextCaseNos } from './open-case.store.ts';

/** Cases that ended without scrapping: their vehicles may be accepted again. */
const withoutScrapping = ['refused', 'discarded', 'withdrawn', 'wronglyDismantled'];

const recordOf = ({ sections }: CaseToOpen): VehicleCaseRecord => {
  const empty = emptyRecord(sections.papers.registeredWithPolice !== false);
  return { ...empty, sections: { ...empty.sections, ...sections } };
};

const openOne = async (parts: FlowParts, tx: Tx, by: OpeningFor, one: CaseToOpen): Promise<string | undefined> => {
  const { crypto, outbox, statistics } = parts;
  const { enterpriseId, enterpriseCode, districtCode, now, traceId } = by;
  const id = uuidv7(now);
  const record = recordOf(one);
  const opener = {
    id: by.personId,
    organisationId: enterpriseId,
    organisationName: by.enterpriseName,
    organisationCode: enterpriseCode,
    districtCode,
  };
  const { caseNo } = one;
  if (!(await addCase(tx, crypto, { id, caseNo, openKey: one.key, record, by: opener, now }))) return undefined;
  await statistics.count(tx, { caseId: id, version: 1, enterpriseId, districtCode }, now, []);
  const scene = { tx, crypto, caseId: id, caseNo, checks: [], enterpriseCode, now, traceId };
  await askQuestions(outbox, { ...scene, record: { ...record, photos: [], checks: {} } }, 'new');
  return id;
};

/** A case that was opened now. */
export interface OpenedCase {
  readonly id: string;
  readonly caseNo: string;
}

/** The cases an enterprise has of these vehicles, numbers by VIN; those that ended without scrapping are left out. */
export const casesInHand = (
  db: Db | Tx,
  enterpriseId: string,
  vins: readonly string[],
): Promise<ReadonlyMap<string, string>> => caseNumbersByVin(db, enterpriseId, vins, withoutScrapping);

/** Opening cases by the dozen, with what is known of them already. Source: tender R01. */
export const openingMany = (parts: FlowParts) => ({
  inHand: casesInHand,
  obstacle: parts.obstacleToAccepting,
  numbers: nextCaseNos,
  /** Opens the cases whose key has opened none before, and asks outside what they give rise to; answers those. */
  open: async (tx: Tx, by: OpeningFor, cases: readonly CaseToOpen[]): Promise<readonly OpenedCase[]> => {
    const opened: (CaseToOpen & { readonly id: string })[] = [];
    for (const one of cases) {
      const id = await openOne(parts, tx, by, one);
      if (id !== undefined) opened.push({ ...one, id });
    }
    const actor = { id: by.personId, name: by.personName, organisationId: by.enterpriseId, ip: by.ip };
    await appendFacts(
      tx,
      opened.map(({ id, caseNo, told }) => ({
        at: by.now,
        kind: 'operation',
        action: `${vehicleCase.id}.open`,
        actor,
        object: { type: vehicleCase.id, id },
        outcome: 'done',
        detail: { caseNo, ...told },
        traceId: by.traceId,
      })),
    );
    return opened.map(({ id, caseNo }) => ({ id, caseNo }));
  },
});
