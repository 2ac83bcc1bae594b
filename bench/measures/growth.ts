import { z } from 'zod';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { addressOf } from '#kernel/contract/client.ts';
import type { Apart } from '../apart.ts';
import { type Figure, shown } from '../figure.ts';
import { type Grown, grow, type Sought } from '../grown.ts';
import { percentile } from '../load.ts';
import type { Person } from '../people.ts';
import type { Bench } from '../scene.ts';

const { list, summary, enterprises } = vehicleCaseContract;

/** What is asked, the first page first. `least`: how many cases there must be within the asker's rows for the page to exist. */
const questions: readonly {
  readonly title: string;
  readonly url: (sought: Sought) => string;
  readonly least?: number;
}[] = [
  { title: 'page 1, newest first, exact total', url: () => addressOf(list, { size: 20 }).url },
  { title: 'page 10,000', url: () => addressOf(list, { size: 20, page: 10_000 }).url, least: 200_000 },
  {
    title: 'page 10,000, oldest first',
    url: () => addressOf(list, { size: 20, page: 10_000, sort: 'stateSince' }).url,
    least: 200_000,
  },
  { title: 'closed cases', url: () => addressOf(list, { size: 20, state: ['closed'] }).url },
  { title: 'my work', url: () => addressOf(list, { size: 20, mine: true }).url },
  { title: 'overdue', url: () => addressOf(list, { size: 20, overdue: true }).url },
  { title: 'counts of my work and of all states', url: () => addressOf(summary, {}).url },
  { title: 'enterprises to choose from', url: () => addressOf(enterprises, {}).url },
  { title: 'beginning of a plate', url: ({ plate }) => addressOf(list, { size: 20, q: plate }).url },
  { title: 'end of a frame number', url: ({ vinTail }) => addressOf(list, { size: 20, q: vinTail }).url },
  { title: 'name of an owner', url: ({ owner }) => addressOf(list, { size: 20, q: owner }).url },
  { title: 'number of a case', url: ({ caseNo }) => addressOf(list, { size: 20, q: caseNo }).url },
  { title: 'under supervision', url: () => addressOf(list, { size: 20, mark: ['supervised'] }).url },
];

const counted = z.object({ total: z.int() });

const asked = async (
  { transport, send }: Person,
  url: string,
): Promise<{ readonly ms: number; readonly text: string }> => {
  const began = performance.now();
  const answer = await send(`${transport.baseUrl}${url}`, 'GET', { 'x-requested-with': 'desk' });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}: ${text}`);
  return { ms: performance.now() - began, text };
};

/** The middle of the answers' milliseconds, by question, size and asker; undefined where there is no such page. */
type Times = readonly (readonly (readonly (number | undefined)[])[])[];

const rowsOf = (grown: Grown): Promise<readonly number[]> =>
  Promise.all(
    grown.people.map(
      async (person) => counted.parse(JSON.parse((await asked(person, addressOf(list, { size: 1 }).url)).text)).total,
    ),
  );

/** Every question by everybody at every size, in turns, so that what else the machine does slows all alike. */
const askAll = async (sizes: readonly Grown[], rounds: number): Promise<Times> => {
  const rows = await Promise.all(sizes.map(rowsOf));
  const times: Times[number][] = [];
  for (const { url, least = 0 } of questions) {
    const taken = sizes.map(({ people }) => people.map((): number[] => []));
    // The first three warm what the others find.
    for (let round = -3; round < rounds; round += 1)
      for (const [size, { people, sought }] of sizes.entries())
        for (const [asker, person] of people.entries()) {
          if ((rows[size]?.[asker] ?? 0) < least) continue;
          const { ms } = await asked(person, url(sought));
          if (round >= 0) taken[size]?.[asker]?.push(ms);
        }
    times.push(taken.map((some) => some.map((one) => (one.length === 0 ? undefined : percentile(one, 50)))));
  }
  return times;
};

/** How many times as long at the last size as at the one before, for whom it grew most. */
const growthOf = (bySize: Times[number]): number | undefined => {
  const [before, last] = bySize.slice(-2);
  const ratios = (last ?? []).flatMap((ms, asker) => {
    const was = before?.[asker];
    return ms === undefined || was === undefined ? [] : [ms / was];
  });
  return ratios.length === 0 ? undefined : Math.max(...ratios);
};

const figuresOf = (times: Times): readonly Figure[] => {
  const growths = questions.flatMap(({ title }, at): Figure[] => {
    const value = growthOf(times[at] ?? []);
    return value === undefined
      ? []
      : [{ measure: `${title}, beside a tenth of the cases`, value, unit: '×', better: 'lower', bar: 1.3 }];
  });
  const [first, far] = [times[0]?.at(-1), times[1]?.at(-1)];
  const ratios = (far ?? []).flatMap((ms, asker) => (ms === undefined ? [] : [ms / (first?.[asker] ?? Number.NaN)]));
  if (ratios.length === 0) return growths;
  return [
    ...growths,
    { measure: 'page 10,000 beside page 1', value: Math.max(...ratios), unit: '×', better: 'lower', bar: 3 },
  ];
};

const sizesWanted = (short: boolean): readonly number[] =>
  (process.env.GROWTH_CASES ?? (short ? '500,1000' : '50000,500000,5000000')).split(',').map(Number);

/**
 * What lists, counts and searches cost at fifty thousand, half a million and five million cases, over HTTP, one asker at a time: a yard's clerk, a district's
 * officer, the commission. `GROWTH_CASES` names other sizes. Source: tender T2.11; issue on ten years of cases.
 */
export const measureGrowth = async ({ short }: Bench): Promise<Apart> => {
  const sizes: Grown[] = [];
  try {
    for (const [place, cases] of sizesWanted(short).entries()) sizes.push(await grow(cases, place + 1));
    const times = await askAll(sizes, short ? 2 : 21);
    return {
      figures: figuresOf(times),
      cells: [
        ['asked, ms', ...sizes.map(({ cases }) => `${cases.toLocaleString('en')} cases`), 'last beside the one before'],
        ...questions.map(({ title }, at) => [
          title,
          ...(times[at] ?? []).map((some) => some.map((ms) => (ms === undefined ? '–' : shown(ms))).join(' / ')),
          shown(growthOf(times[at] ?? [])),
        ]),
      ],
      conditions: `Middle of 21, in turns over all sizes, as a clerk of the largest yard / an officer of a district / the commission; the last column is for whom it grew most. Databases of ${sizes.map(({ bytes }) => `${(bytes / 1e9).toFixed(1)} GB`).join(', ')}; above 50,000 the ended cases are multiplied without their steps, which no list reads.`,
    };
  } finally {
    for (const one of sizes) await one.close();
  }
};
