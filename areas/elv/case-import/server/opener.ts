import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { OpeningFor } from '../../vehicle-case/model/opening.ts';
import {
  type CaseImportTable,
  type DuePart,
  haltImport,
  notePartOpened,
  peekPart,
  takePart,
} from './case-import.store.ts';
import type { ImportDesk } from './import-desk.ts';

/** Opens cases from accepted lines, part by part. */
export interface Opener {
  /** Opens what waits until nothing does, or the signal says to stop. One round at a time in a process; others take other parts. */
  round(stopping?: AbortSignal): Promise<void>;
  /** Begins a round now, for somebody who waits. */
  begin(): void;
  /** Resolves when no round is under way. */
  idle(): Promise<void>;
}

const interrupted = '导入中断，已受理的案卷不受影响；请点“继续导入”，仍不成功请联系系统管理员';

const openingFor = (of: CaseImportTable, now: Date): OpeningFor => ({
  personId: of.uploaded_by,
  personName: of.uploader_name,
  ip: of.uploader_ip,
  enterpriseId: of.enterprise_id,
  enterpriseName: of.enterprise_name,
  enterpriseCode: of.enterprise_code,
  districtCode: of.district_code,
  now,
  traceId: of.trace_id,
});

const openPart = async (
  { cases, clock }: ImportDesk,
  tx: Tx,
  part: DuePart,
  numbers: readonly string[],
): Promise<void> => {
  const { of, rows } = part;
  const now = clock.now();
  const obstacle = await cases.obstacle(tx, of.enterprise_id, now);
  // What is open already stays; the rest waits for whoever uploaded it.
  if (obstacle !== null) return haltImport(tx, of.id, obstacle);
  await cases.open(
    tx,
    openingFor(of, now),
    rows.map(({ line, sections }, at) => ({
      key: `${of.id}:${line}`,
      caseNo: numbers[at] ?? '',
      sections,
      told: { importId: of.id, line },
    })),
  );
  await notePartOpened(tx, part);
};

/** Takes the next part that waits; whether there was one. */
const openNext = async (desk: ImportDesk): Promise<boolean> => {
  const { db, crypto, clock, cases } = desk;
  const next = await peekPart(db);
  if (!next) return false;
  try {
    const numbers = await cases.numbers(db, clock.now(), next.cases);
    await inTransaction(db, async (tx) => {
      const part = await takePart(tx, crypto, next.id);
      if (part) await openPart(desk, tx, part, numbers);
    });
  } catch (error) {
    desk.onFailure(error, { importPart: next.id });
    // Else it would be tried for ever, and whoever comes behind it would wait.
    const [importId = ''] = next.id.split('.');
    await inTransaction(db, (tx) => haltImport(tx, importId, interrupted));
  }
  desk.nudge();
  return true;
};

/** See {@link Opener}. */
export const openerOver = (desk: ImportDesk): Opener => {
  let going: Promise<void> | undefined;
  const work = async (stopping?: AbortSignal): Promise<void> => {
    while (!stopping?.aborted && (await openNext(desk)));
  };
  const round = (stopping?: AbortSignal): Promise<void> => {
    going ??= work(stopping).finally(() => {
      going = undefined;
    });
    return going;
  };
  return {
    round,
    begin: () => void round().catch(desk.onFailure),
    idle: async () => {
      while (going) await going;
    },
  };
};
