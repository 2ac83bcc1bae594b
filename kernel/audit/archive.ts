import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import { sm3Hex, sm3Stream } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import { type ArchiveRecord, addArchive, firstSealFrom, listArchives, removedUpTo } from './archive.store.ts';
import {
  type ArchiveHeader,
  type ArchiveKind,
  archiveForm,
  entryLine,
  headerLine,
  linkLine,
  manifestLine,
  sealLine,
  signatureLine,
} from './archive-format.ts';
import { entryText } from './digest.ts';
import { factOf } from './entry.table.ts';
import { type AuditFact, chainStart } from './fact.ts';
import { entriesUnder, type SealKey, sealKeys, sealsBetween } from './seal.store.ts';
import { keyFingerprint, keyIdOf, sealScheme } from './seal.ts';
import { appendFact } from './trail.store.ts';
import { type ArchiveReport, isWhole, verifyArchive } from './verify-archive.ts';

/** What archiving needs. */
export interface ArchiveParts {
  readonly db: Db;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly key: SealKey;
}

/** What is to be archived, and who asks for it. */
export interface ArchiveRequest {
  readonly month: string;
  readonly kind: ArchiveKind;
  readonly actor: AuditFact['actor'];
  readonly traceId: string;
}

/** Why an archive was not made, or not removed from the database. */
export type ArchiveRefusal = 'month-not-over' | 'nothing-sealed' | 'already-removed' | 'already-there' | 'broken';

/** How archiving ended. */
export type ArchiveResult =
  | { readonly outcome: 'done'; readonly archive: ArchiveRecord }
  | { readonly outcome: ArchiveRefusal; readonly report?: ArchiveReport };

const sealsAtOnce = 25;

/** The first instant of a month in Shanghai, and that of the next. */
export const monthBounds = (month: string): { readonly from: Date; readonly until: Date } => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: startOfShanghaiDay(`${month}-01`), until: startOfShanghaiDay(`${next}-01`) };
};

interface Counts {
  seals: number;
  entries: number;
  links: number;
}

async function* linesOf(db: Db, header: ArchiveHeader, counts: Counts): AsyncGenerator<string> {
  yield headerLine(header);
  for (let from = header.fromSeal; from <= header.toSeal; from += sealsAtOnce) {
    const to = Math.min(from + sealsAtOnce - 1, header.toSeal);
    const entries = Map.groupBy(await entriesUnder(db, from, to), ({ seal }) => seal);
    for (const seal of await sealsBetween(db, from, to)) {
      counts.seals += 1;
      yield sealLine(seal);
      for (const row of entries.get(String(seal.number)) ?? []) {
        const full = header.kind === 'all' || header.kind === row.kind;
        counts[full ? 'entries' : 'links'] += 1;
        yield full
          ? entryLine(row.digest, entryText(row.chain, Number(row.seq), factOf(row)))
          : linkLine(row.chain, Number(row.seq), row.digest);
      }
    }
  }
}

/** The whole file: the lines, what they come to, and the server's signature over that. */
async function* fileOf({ db, key }: ArchiveParts, header: ArchiveHeader, counts: Counts): AsyncGenerator<string> {
  const hash = sm3Stream();
  for await (const line of linesOf(db, header, counts)) {
    hash.update(line).update('\n');
    yield `${line}\n`;
  }
  const manifest = manifestLine({ ...counts, sm3: hash.digest('hex') });
  yield `${manifest}\n`;
  const signature = await inTransaction(db, async (tx) => {
    const keyId = keyIdOf(await key.publicKey(tx));
    return signatureLine({ keyId, scheme: sealScheme, signature: await key.sign(tx, sm3Hex(manifest)) });
  });
  yield `${signature}\n`;
}

/** Writes the file into the store; answers its size and SM3. */
const store = async (files: FileStore, id: string, lines: AsyncIterable<string>) => {
  const hash = createHash('sm3');
  let bytes = 0;
  const measured = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece);
      bytes += piece.length;
      done(null, piece);
    },
  });
  const source = Readable.from(lines);
  const packed = createGzip({ level: 6 });
  source.on('error', (error) => packed.destroy(error));
  packed.on('error', (error) => measured.destroy(error));
  await files.put(id, source.pipe(packed).pipe(measured));
  return { bytes, sm3: hash.digest('hex') };
};

/** SM3 of the public keys this system has sealed with. */
export const trustedKeys = async (db: Db): Promise<readonly string[]> =>
  [...(await sealKeys(db)).values()].map(keyFingerprint);

/** What the archive is to cover, or why it cannot be made. */
const headerFor = async (
  { db, clock }: ArchiveParts,
  { month, kind, actor }: ArchiveRequest,
): Promise<ArchiveHeader | ArchiveRefusal> => {
  const { from, until } = monthBounds(month);
  const now = clock.now();
  if (until > now) return 'month-not-over';
  const fromSeal = await firstSealFrom(db, from);
  const toSeal = (await firstSealFrom(db, until)) - 1;
  if (toSeal < fromSeal) return 'nothing-sealed';
  if ((await removedUpTo(db)) >= fromSeal) return 'already-removed';
  const same = (one: ArchiveRecord): boolean => one.month === month && one.kind === kind && one.toSeal === toSeal;
  if ((await listArchives(db)).some(same)) return 'already-there';
  const [before] = fromSeal > 1 ? await sealsBetween(db, fromSeal - 1, fromSeal - 1) : [];
  return {
    form: archiveForm,
    month,
    kind,
    fromSeal,
    toSeal,
    prev: before?.digest ?? chainStart,
    keys: [...(await sealKeys(db))].map(([keyId, publicKey]) => ({ keyId, publicKey })),
    madeAt: now.toISOString(),
    madeBy: actor.name,
  };
};

/** Makes the archive of a month that is over, checks the file it has made, and leaves a fact. Everything must have been sealed before. */
export const makeArchive = async (parts: ArchiveParts, request: ArchiveRequest): Promise<ArchiveResult> => {
  const { db, files, clock } = parts;
  const header = await headerFor(parts, request);
  if (typeof header === 'string') return { outcome: header };
  const now = clock.now();
  const id = uuidv7(now);
  const counts: Counts = { seals: 0, entries: 0, links: 0 };
  const { bytes, sm3 } = await store(files, id, fileOf(parts, header, counts));
  const report = await verifyArchive(await files.get(id), await trustedKeys(db));
  const whole = isWhole(report);
  const { month, kind, fromSeal, toSeal, madeBy } = header;
  const { entries } = counts;
  const archive: ArchiveRecord = {
    id,
    month,
    kind,
    fromSeal,
    toSeal,
    entries,
    bytes,
    sm3,
    madeAt: now,
    madeBy,
    removed: false,
  };
  await inTransaction(db, async (tx: Tx) => {
    if (whole) await addArchive(tx, archive);
    await appendFact(tx, {
      at: now,
      kind: 'system',
      action: 'kernel.audit.makeArchive',
      actor: request.actor,
      object: { type: 'kernel.audit-archive', id },
      outcome: whole ? 'done' : 'failed',
      detail: { month, kind, fromSeal, toSeal, ...counts, bytes, sm3 },
      traceId: request.traceId,
    });
  });
  if (!whole) await files.delete(id);
  return whole ? { outcome: 'done', archive } : { outcome: 'broken', report };
};
