import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { listMoves } from '#kernel/lifecycle/step.store.ts';
import { passagesOf } from '../model/passage.ts';
import { gather, type OwnedTally, ownTallies } from './owned-tally.ts';
import { addTallies, dropPassages, talliesOfRow } from './passage.store.ts';
import {
  beginRecount,
  endRecount,
  enterprisesWithTallies,
  forgetTallies,
  forsakeRecount,
  keptTallies,
  lastRecount,
  waitingOf,
} from './recount.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';

/** A number that is not what the steps say. */
export interface Difference extends OwnedTally {
  /** What is kept; `count` and `seconds` are what the steps say. */
  readonly kept: { readonly count: number; readonly seconds: number };
}

/** What a recount came to. */
export interface Recount {
  readonly cases: number;
  readonly differences: number;
  /** The first of the differences. */
  readonly examples: readonly Difference[];
}

/** How the log calls it. */
export const recountTitle = (area: string): { readonly id: string; readonly title: string } => ({
  id: `${area}.statistics.recount`,
  title: '统计数与办理记录核对',
});

/** Cases read at once. */
const casesAtOnce = 500;
/** Differences named: enough to see where to look. Where nothing was counted before, every number differs. */
const examplesTold = 20;

interface Counted {
  readonly cases: number;
  readonly tallies: ReadonlyMap<string, OwnedTally>;
}

/** An enterprise's numbers as its cases' steps tell them. */
const countSteps = async (tx: Tx, parts: StatisticsParts, enterpriseId: string): Promise<Counted> => {
  const { profile, cases } = parts;
  const tallies = new Map<string, OwnedTally>();
  let count = 0;
  for (let after = ''; ; ) {
    const some = await cases.of(tx, enterpriseId, after, casesAtOnce);
    const moves = await listMoves(
      tx,
      profile.lifecycle.id,
      some.map(({ id }) => id),
    );
    for (const { id, openedAt, districtCode } of some)
      for (const passage of passagesOf(profile, openedAt, moves.get(id) ?? []))
        gather(tallies, ownTallies(profile, { enterpriseId, districtCode: districtCode ?? '' }, passage));
    count += some.length;
    const last = some.at(-1);
    if (!last || some.length < casesAtOnce) return { cases: count, tallies };
    after = last.id;
  }
};

const differencesOf = (
  kept: ReadonlyMap<string, OwnedTally>,
  counted: ReadonlyMap<string, OwnedTally>,
): readonly Difference[] =>
  [...new Set([...kept.keys(), ...counted.keys()])].flatMap((key) => {
    const [was, is] = [kept.get(key), counted.get(key)];
    const one = is ?? was;
    if (!one || (was?.count === is?.count && was?.seconds === is?.seconds)) return [];
    return [
      {
        ...one,
        count: is?.count ?? 0,
        seconds: is?.seconds ?? 0,
        kept: { count: was?.count ?? 0, seconds: was?.seconds ?? 0 },
      },
    ];
  });

/** Compares one enterprise's numbers with its steps as of one moment, and writes them anew where they differ. */
const recountOne = (parts: StatisticsParts, enterpriseId: string): Promise<Recount> =>
  inTransaction(
    parts.db,
    async (tx) => {
      const counted = await countSteps(tx, parts, enterpriseId);
      const kept = new Map<string, OwnedTally>();
      gather(kept, await keptTallies(tx, parts, enterpriseId));
      const waiting = await waitingOf(tx, parts, enterpriseId);
      for (const row of waiting) gather(kept, talliesOfRow(parts, row));
      const differences = differencesOf(kept, counted.tallies);
      if (differences.length > 0) {
        await dropPassages(
          tx,
          parts,
          waiting.map(({ id }) => id),
        );
        await forgetTallies(tx, parts, enterpriseId);
        await addTallies(tx, parts, counted.tallies);
      }
      return {
        cases: counted.cases,
        differences: differences.length,
        examples: differences.slice(0, examplesTold),
      };
    },
    'one-moment',
  );

const told = ({ count, seconds, kept, ...where }: Difference): object => ({ ...where, count, seconds, kept });

const together = (one: Recount, other: Recount): Recount => ({
  cases: one.cases + other.cases,
  differences: one.differences + other.differences,
  examples: [...one.examples, ...other.examples].slice(0, examplesTold),
});

/**
 * Compares all numbers with the steps, enterprise by enterprise so that memory stays bounded, writes anew what differs, and tells the log. What
 * differs is a defect, and told as one, unless nothing has ever been counted before: then the numbers are made. Where it is to stop it ends after the enterprise
 * at hand, answers what it came to so far, and is as if it had not begun.
 */
export const recount = async (parts: StatisticsParts, stopping?: AbortSignal): Promise<Recount> => {
  const begun = parts.clock.now();
  // Begun already where the day's turn came by itself; asked for by hand it counts as the day's as well.
  await beginRecount(parts, begun);
  const first = (await lastRecount(parts.db, parts)) === undefined;
  const enterprises = new Set([...(await parts.cases.enterprises(parts.db)), ...(await enterprisesWithTallies(parts))]);
  let whole: Recount = { cases: 0, differences: 0, examples: [] };
  for (const enterpriseId of enterprises) {
    if (stopping?.aborted) {
      await forsakeRecount(parts, begun);
      return whole;
    }
    whole = together(whole, await recountOne(parts, enterpriseId));
  }
  const { cases, differences, examples } = whole;
  const endedAt = parts.clock.now();
  await inTransaction(parts.db, async (tx) => {
    await endRecount(tx, parts, begun, { endedAt, cases, differences });
    const detail = { cases, differences, first, examples: examples.map(told) };
    await appendFact(tx, serverFact(endedAt, recountTitle(parts.schema).id, detail));
  });
  if (differences > 0 && !first) parts.onFailure(new Error('statistics differ from the steps'), { differences });
  return whole;
};
