import type { Db } from '#kernel/db/database.ts';
import { cutsOf } from './cut.store.ts';
import { entryText } from './digest.ts';
import { factOf } from './entry.table.ts';
import { chainStart } from './fact.ts';
import { entriesUnder, lastSeal, type SealedEntry, sealsBetween, sealsOfChain } from './seal.store.ts';
import { type ChainReport, verifyChain } from './trail.store.ts';
import { type Finding, TrailWalk, type VerifySeal } from './walk.ts';

/** What a walk over seals and the entries under them found. `next`: where to go on; null at the end. */
export interface TrailReport {
  readonly findings: readonly Finding[];
  readonly seals: number;
  readonly entries: number;
  readonly next: number | null;
}

const sealsAtOnce = 25;

const walked = (row: SealedEntry) => ({
  chain: row.chain,
  seq: Number(row.seq),
  digest: row.digest,
  text: entryText(row.chain, Number(row.seq), factOf(row)),
});

/**
 * Walks the seals from one number on, with every entry they cover, until `most` entries have been seen or the end is reached: a change,
 * a gap, a cut-off end, a chain that is gone as a whole, a seal that is not the server's. `anchored`: the last seal noted outside the database.
 */
export const checkTrail = async (
  db: Db,
  verify: VerifySeal,
  options: { readonly from: number; readonly most: number; readonly anchored: number },
): Promise<TrailReport> => {
  const { from, most, anchored } = options;
  const last = Math.max((await lastSeal(db)).number, anchored);
  const [before] = from > 1 ? await sealsBetween(db, from - 1, from - 1) : [];
  const walk = new TrailWalk({ number: from - 1, digest: before?.digest ?? chainStart }, verify);
  let next = from;
  while (next <= last && walk.entries < most) {
    const to = Math.min(next + sealsAtOnce - 1, last);
    const seals = await sealsBetween(db, next, to);
    const entries = Map.groupBy(await entriesUnder(db, next, to), ({ seal }) => seal);
    const cuts = await cutsOf(db, [...new Set(seals.flatMap(({ heads }) => heads.map(({ chain }) => chain)))]);
    for (const seal of seals) {
      await walk.seal(seal);
      walk.passOver(({ chain, seq }) => seq <= (cuts.get(chain)?.seq ?? 0));
      for (const row of entries.get(String(seal.number)) ?? []) walk.entry(walked(row));
    }
    next = to + 1;
  }
  walk.end(next - 1);
  return { findings: walk.findings, seals: walk.seals, entries: walk.entries, next: next > last ? null : next };
};

/** What is proven of one chain. */
export interface ChainProof {
  readonly chain: ChainReport;
  /** Entries that seals cover; the rest waits for the next seal. */
  readonly sealedTo: number;
  /** The newest seal that names the chain; null before the first. */
  readonly lastSeal: { readonly number: number; readonly at: string; readonly keyId: string } | null;
  readonly findings: readonly Finding[];
}

/** A chain with thousands of seals has its newest ones checked here; the walk over all seals checks the others. */
const sealsOfOneChain = 50;

/** Proves one chain: its own links from start to head, and the newest seals that name it, each with its signature. */
export const proveChain = async (db: Db, verify: VerifySeal, chain: string): Promise<ChainProof> => {
  const report = await verifyChain(db, chain);
  const named = await sealsOfChain(db, chain, sealsOfOneChain);
  const findings: Finding[] = [];
  const cut = (await cutsOf(db, [chain])).get(chain)?.seq ?? 0;
  let newest: ChainProof['lastSeal'] = null;
  for (const { seal: number } of named) {
    const [seal] = await sealsBetween(db, number, number);
    if (!seal) {
      findings.push({ what: 'seal-missing', seal: number });
      continue;
    }
    newest = { number, at: seal.at, keyId: seal.keyId };
    const walk = new TrailWalk({ number: number - 1, digest: seal.prev }, verify);
    await walk.seal(seal);
    walk.passOver((head) => head.chain !== chain || head.seq <= cut);
    for (const row of await entriesUnder(db, number, number, chain)) walk.entry(walked(row));
    walk.endSeal();
    findings.push(...walk.findings);
  }
  return { chain: report, sealedTo: named.at(-1)?.seq ?? 0, lastSeal: newest, findings };
};
