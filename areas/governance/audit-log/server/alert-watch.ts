import { type AuditFact, serverActor } from '#kernel/audit/fact.ts';
import { findingText } from '#kernel/audit/finding-words.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { TrailReport } from '#kernel/audit/trail-check.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { shanghaiDay, shanghaiMinute } from '#kernel/time/shanghai.ts';
import { type AlertRule, alertRules, type Watch } from '../model/audit-settings.ts';
import type { EntryFilter } from '../model/audit-views.ts';
import { ownTitles } from './action-titles.ts';
import { type AlertFinding, growAlert, keepAlert, lastAlert } from './alert.store.ts';
import type { AuditNumbers } from './audit-numbers.ts';
import { recentEntries, recentRefusals, type Tally, tallyEntries } from './entry-search.store.ts';

/** Which operations a rule means by a word. */
export type WatchedActions = Readonly<Record<Extract<Watch, { kind: 'count' }>['of'], readonly string[]>>;

/** What watching needs. */
export interface WatchParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly numbers: AuditNumbers;
  readonly actions: WatchedActions;
  /** Ids of the people who are administrators now. */
  readonly administrators: () => readonly string[];
  /** Tells those who handle alerts of a new one, in the transaction that keeps it. */
  readonly tell: (tx: Tx, alert: { readonly id: string; readonly rule: string; readonly at: Date }) => Promise<void>;
  /** Checks a further stretch of the trail. */
  readonly check: () => Promise<TrailReport>;
}

/** Looks at the log by all rules once; answers how many alerts are new. */
export type Look = () => Promise<number>;

const minuteMs = 60_000;
/** Rules without a time of their own look back this far: well over the time between two looks. */
const lookBackMs = 30 * minuteMs;
const mostRows = 5_000;

/** A finding, and how it is counted again from a later time on; `undefined` when nothing is left then. */
interface Hit {
  readonly finding: AlertFinding;
  readonly since?: (later: Date) => Promise<AlertFinding | undefined>;
}

/** Up to and with that moment. */
const spanOf = (from: Date, until: Date): Pick<EntryFilter, 'from' | 'until'> => ({
  from: from.toISOString(),
  until: new Date(until.getTime() + 1).toISOString(),
});

const numberOf = (parts: WatchParts, setting: AlertRule['count']): Promise<number> =>
  setting ? parts.numbers(setting) : Promise.resolve(0);

const countHits = async (parts: WatchParts, rule: AlertRule, watch: Extract<Watch, { kind: 'count' }>) => {
  const minutes = await numberOf(parts, rule.minutes);
  const question = {
    actions: parts.actions[watch.of],
    outcome: watch.outcome,
    by: watch.by,
    least: await numberOf(parts, rule.count),
    since: new Date(parts.clock.now().getTime() - minutes * minuteMs),
  };
  const findingOf = ({ about, name, count, from, until }: Tally): AlertFinding => ({
    rule: rule.id,
    about,
    aboutName: watch.by === 'actor' ? name || about : about,
    actorId: watch.by === 'actor' ? about : null,
    words: `${minutes} 分钟内 ${count} 次`,
    count,
    from,
    until,
    search: {
      ...spanOf(from, until),
      outcome: watch.outcome,
      ...(watch.by === 'actor' ? { actor: about } : { ip: about }),
      ...(question.actions.length === 1 ? { action: question.actions[0] } : {}),
    },
  });
  return (await tallyEntries(parts.db, question)).map(
    (tally): Hit => ({
      finding: findingOf(tally),
      since: async (later) => {
        const [again] = await tallyEntries(parts.db, { ...question, since: later, about: tally.about });
        return again && findingOf(again);
      },
    }),
  );
};

interface Seen {
  readonly fact: AuditFact;
  readonly count: number;
}

/** One finding for each person out of what was seen of them. */
const perPerson = (
  rule: AlertRule,
  seen: readonly Seen[],
  words: (count: number) => string,
  more: EntryFilter,
): readonly Hit[] =>
  [...Map.groupBy(seen, ({ fact }) => fact.actor.id)].map(([about, of]) => {
    const times = of.map(({ fact }) => fact.at.getTime());
    const [from, until] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
    const count = of.reduce((sum, one) => sum + one.count, 0);
    const aboutName = of[0]?.fact.actor.name || about;
    const search = { ...spanOf(from, until), actor: about, ...more };
    return {
      finding: { rule: rule.id, about, aboutName, actorId: about, words: words(count), count, from, until, search },
    };
  });

const refusalHits = async (parts: WatchParts, rule: AlertRule): Promise<readonly Hit[]> => {
  const [least, minutes] = [await numberOf(parts, rule.count), await numberOf(parts, rule.minutes)];
  const hitsFrom = async (since: Date): Promise<readonly Hit[]> => {
    const facts = (await recentRefusals(parts.db, since, mostRows)).filter(
      ({ detail }) => typeof detail.code === 'string',
    );
    const seen = facts.map((fact) => ({ fact, count: typeof fact.detail.count === 'number' ? fact.detail.count : 1 }));
    const hits = perPerson(rule, seen, (count) => `${minutes} 分钟内被拒 ${count} 次`, {
      outcome: 'refused',
      kind: 'security',
    });
    return hits.filter(({ finding }) => finding.count >= least);
  };
  const hits = await hitsFrom(new Date(parts.clock.now().getTime() - minutes * minuteMs));
  return hits.map((hit) => ({
    ...hit,
    since: async (later) => (await hitsFrom(later)).find(({ finding }) => finding.about === hit.finding.about)?.finding,
  }));
};

const oddHourHits = async (parts: WatchParts, rule: AlertRule): Promise<readonly Hit[]> => {
  const [begins, ends] = [await numberOf(parts, rule.count), await numberOf(parts, rule.minutes)];
  const since = new Date(parts.clock.now().getTime() - lookBackMs);
  const facts = await recentEntries(parts.db, { actorIds: parts.administrators() }, since, mostRows);
  const odd = facts.filter(({ at }) => {
    const hour = Number(shanghaiMinute(at).slice(11, 13));
    return hour >= begins || hour < ends;
  });
  // One alert for a person and a night: the night of a day ends in the next day's morning.
  const nightOf = (at: Date): string => shanghaiDay(new Date(at.getTime() - 12 * 60 * minuteMs));
  return [...Map.groupBy(odd, ({ at }) => nightOf(at))].flatMap(([night, of]) =>
    perPerson(
      rule,
      of.map((fact) => ({ fact, count: 1 })),
      (count) => `${night} 夜间操作 ${count} 次以上`,
      {},
    ).map(({ finding }) => ({ finding: { ...finding, from: new Date(`${night}T12:00:00+08:00`) } })),
  );
};

const eachHits = async (
  parts: WatchParts,
  rule: AlertRule,
  { actions, outcome: wanted }: Extract<Watch, { kind: 'each' }>,
): Promise<readonly Hit[]> => {
  const since = new Date(parts.clock.now().getTime() - lookBackMs);
  const entries = await recentEntries(parts.db, { actions }, since, mostRows);
  const found = entries.filter(({ outcome }) => wanted === undefined || outcome === wanted);
  return found.map(({ at, actor, action, chain, seq, detail }) => ({
    finding: {
      rule: rule.id,
      // Every single one is told of, so each is a matter of its own.
      about: `${chain}#${seq}`.slice(-120),
      aboutName: actor.name,
      actorId: actor.id,
      words: typeof detail.title === 'string' ? `修改“${detail.title}”` : (ownTitles[action] ?? action),
      count: 1,
      from: at,
      until: at,
      search: { ...spanOf(at, at), action },
    },
  }));
};

const mostBroken = 20;
/** A break that was handled and still stands is told of again after so long: never silent, and no hail of alerts at every check. */
const brokenAgainMs = 24 * 60 * minuteMs;

const brokenHits = async (parts: WatchParts, rule: AlertRule): Promise<readonly Hit[]> => {
  const { findings } = await parts.check();
  const now = parts.clock.now();
  return findings.slice(0, mostBroken).map((finding) => {
    const told: AlertFinding = {
      rule: rule.id,
      about: `${finding.what} ${finding.chain ?? `seal ${finding.seal}`} ${finding.seq ?? ''}`.trim().slice(0, 120),
      aboutName: finding.chain ?? `第 ${finding.seal} 号封签`,
      actorId: null,
      words: findingText(finding).slice(0, 400),
      count: 1,
      // Found again at every check; the same break is the same alert while it is open.
      from: new Date(0),
      until: now,
      search: {},
    };
    return {
      finding: told,
      since: async (later) => (now.getTime() - later.getTime() >= brokenAgainMs ? { ...told, from: later } : undefined),
    };
  });
};

const hitsOf = (parts: WatchParts, rule: AlertRule): Promise<readonly Hit[]> => {
  const { watch } = rule;
  switch (watch.kind) {
    case 'count':
      return countHits(parts, rule, watch);
    case 'refusals':
      return refusalHits(parts, rule);
    case 'odd-hours':
      return oddHourHits(parts, rule);
    case 'each':
      return eachHits(parts, rule, watch);
    case 'broken':
      return brokenHits(parts, rule);
  }
};

/** Keeps a finding as a new alert, or lets the open one grow, or leaves one alone that was handled and nothing came after. */
const keep = async ({ db, clock, tell }: WatchParts, rule: AlertRule, hit: Hit): Promise<number> => {
  const last = await lastAlert(db, rule.id, hit.finding.about);
  if (last?.state === 'open') {
    if (hit.finding.until > last.until) await inTransaction(db, (tx) => growAlert(tx, last.id, hit.finding));
    return 0;
  }
  const told = last && last.until >= hit.finding.from;
  const finding = told ? await hit.since?.(last.until) : hit.finding;
  if (!finding) return 0;
  return inTransaction(db, async (tx) => {
    const id = await keepAlert(tx, finding, clock.now());
    if (id === undefined) return 0;
    await appendFact(tx, {
      at: clock.now(),
      kind: 'security',
      action: 'governance.audit-log.raiseAlert',
      actor: serverActor,
      object: { type: 'governance.audit-alert', id },
      outcome: 'done',
      detail: { rule: rule.id, about: finding.about, count: finding.count },
      traceId: '',
    });
    await tell(tx, { id, rule: rule.title, at: clock.now() });
    return 1;
  });
};

/** Watching by all rules. One rule that fails does not keep the others from looking. */
export const lookBy =
  (parts: WatchParts, onFailure: (error: unknown, about: object) => void): Look =>
  async () => {
    let raised = 0;
    for (const rule of alertRules) {
      try {
        for (const hit of await hitsOf(parts, rule)) raised += await keep(parts, rule, hit);
      } catch (error) {
        onFailure(error, { rule: rule.id });
      }
    }
    return raised;
  };
