import { listArchives, sealedSpan } from '#kernel/audit/archive.store.ts';
import { makeArchive, trustedKeys } from '#kernel/audit/archive.ts';
import { findingText } from '#kernel/audit/finding-words.ts';
import { countUnsealed, lastSeal } from '#kernel/audit/seal.store.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type ChainProof, proveChain } from '#kernel/audit/trail-check.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { type SetPeriod, setPeriod, setPeriods } from '#kernel/settings/setting.store.ts';
import { describeSource } from '#kernel/source/source.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { auditLogContract } from '../model/audit-log.contract.ts';
import { type AuditSetting, alertRules, auditSettings, keepingSettings } from '../model/audit-settings.ts';
import { type AlertView, countedUpTo, type EntryRow, pageSize, type SettingView } from '../model/audit-views.ts';
import { shownDetail } from '../model/entry-detail.ts';
import { actorOf } from './actor.ts';
import { type Alert, closeAlert, countOpenAlerts, listAlerts, lockAlert } from './alert.store.ts';
import type { AuditLogParts } from './audit-log.parts.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { countEntries, type FoundEntry, findEntries, findEntry, resolveFilter } from './entry-search.store.ts';
import { exportEntries } from './export-entries.ts';
import { monthsBetween } from './months.ts';

/** Entries one call checks. */
const checkedAtOnce = 20_000;
const alertsOfPage = 30;

const rowOf = (entry: FoundEntry, titles: ReadonlyMap<string, string>): EntryRow => ({
  chain: entry.chain,
  seq: entry.seq,
  at: entry.at.toISOString(),
  kind: entry.kind,
  action: entry.action,
  actionTitle: titles.get(entry.action) ?? entry.action,
  actorId: entry.actor.id,
  actorName: entry.actor.name,
  organisationName: entry.organisationName,
  ip: entry.actor.ip,
  objectType: entry.object?.type ?? null,
  aboutId: entry.aboutId,
  outcome: entry.outcome,
  traceId: entry.traceId,
});

const chainWords = { missing: '记录缺失', altered: '内容被改动', truncated: '链尾被截断' } as const;

const proofView = ({ chain, sealedTo, lastSeal: seal, findings }: ChainProof) => ({
  intact: chain.intact && findings.length === 0,
  entries: chain.intact ? chain.entries : 0,
  sealedTo,
  lastSeal: seal,
  findings: [
    ...(chain.intact ? [] : [`${chainWords[chain.what]}：本链第 ${chain.at} 条`]),
    ...findings.map(findingText),
  ],
});

const alertViewOf = (alert: Alert, subjectId: string): AlertView => {
  const rule = alertRules.find(({ id }) => id === alert.rule);
  return {
    id: alert.id,
    rule: alert.rule,
    title: rule?.title ?? alert.rule,
    level: rule?.level ?? 'medium',
    aboutName: alert.aboutName,
    words: alert.words,
    count: alert.count,
    from: alert.from.toISOString(),
    until: alert.until.toISOString(),
    raisedAt: alert.raisedAt.toISOString(),
    state: alert.state,
    handledBy: alert.handledBy,
    handledAt: alert.handledAt?.toISOString() ?? null,
    opinion: alert.opinion,
    own: alert.actorId === subjectId,
    search: alert.search,
  };
};

const settingViewOf = (setting: AuditSetting, set: SetPeriod | undefined): SettingView => ({
  setting: setting.setting,
  title: setting.title,
  unit: setting.unit,
  fallback: setting.fallback,
  least: setting.least,
  most: setting.most,
  value: set?.value ?? null,
  source: describeSource(setting.source),
  rule: alertRules.find(({ count, minutes }) => count === setting || minutes === setting)?.title ?? null,
  updatedAt: set?.updatedAt.toISOString() ?? null,
  updatedBy: set?.updatedBy ?? null,
});

const reading = ({ db, desk, titles, valueTitles }: AuditLogParts) => {
  const titleMap = (): ReadonlyMap<string, string> => new Map(titles().map(({ id, title }) => [id, title]));
  return {
    entries: async ({ after, ...filter }, context) => {
      const place = after === undefined ? undefined : readCursor(after);
      if (after !== undefined && !place) return context.fail('BAD_CURSOR');
      const from = place && { at: place.at, chain: place.name, seq: place.number };
      const found = await findEntries(db, await resolveFilter(db, filter), from, pageSize + 1);
      const shown = found.slice(0, pageSize);
      const last = found.length > pageSize ? shown.at(-1) : undefined;
      const known = titleMap();
      return {
        rows: shown.map((entry) => rowOf(entry, known)),
        next: last ? cursorOf(last.at, last.chain, last.seq) : null,
      };
    },
    count: async (filter) => {
      const count = await countEntries(db, await resolveFilter(db, filter), countedUpTo + 1);
      return { count: Math.min(count, countedUpTo), more: count > countedUpTo };
    },
    choices: async () => ({
      actions: [...titles()].sort((a, b) => a.title.localeCompare(b.title, 'zh-CN')),
      exportRows: await desk.numbers(keepingSettings.exportRows),
    }),
    entry: async ({ chain, seq }) => {
      const entry = await findEntry(db, chain, seq);
      if (!entry) throw notFound();
      return {
        ...rowOf(entry, titleMap()),
        agent: entry.actor.agent ?? null,
        detail: { ...entry.detail },
        shown: shownDetail(entry.detail, valueTitles()),
        prev: entry.prev,
        digest: entry.digest,
      };
    },
    proof: async ({ chain }) => proofView(await proveChain(db, desk.verify, chain)),
    checkTrail: async ({ from }) => {
      const report = await desk.check(from, checkedAtOnce);
      return { ...report, findings: report.findings.map(findingText) };
    },
  } satisfies Partial<Handlers<typeof auditLogContract>>;
};

const archiveRefusals = {
  'month-not-over': 'MONTH_NOT_OVER',
  'nothing-sealed': 'NOTHING',
  'already-removed': 'THERE',
  'already-there': 'THERE',
  broken: 'BROKEN',
} as const;

const archiving = (parts: AuditLogParts) => {
  const { db, clock, files, desk } = parts;
  return {
    seals: async () => {
      const [last, span, archives] = [await lastSeal(db), await sealedSpan(db), await listArchives(db)];
      const thisMonth = shanghaiDay(clock.now()).slice(0, 7);
      const months = span ? monthsBetween(shanghaiDay(span.from).slice(0, 7), shanghaiDay(span.to).slice(0, 7)) : [];
      return {
        last: last.at ? { number: last.number, at: last.at.toISOString() } : null,
        waiting: await countUnsealed(db, countedUpTo),
        fingerprints: [...(await trustedKeys(db))],
        months: months.filter((month) => month < thisMonth).reverse(),
        archives: archives.map((one) => ({ ...one, madeAt: one.madeAt.toISOString() })),
      };
    },
    makeArchive: async ({ month, kind }, context) => {
      await desk.sealer.sealNow();
      const actor = actorOf(context);
      const result = await makeArchive(parts, { month, kind, actor, traceId: context.traceId });
      if (result.outcome !== 'done') return context.fail(archiveRefusals[result.outcome]);
      return { ...result.archive, madeAt: result.archive.madeAt.toISOString() };
    },
    archiveFile: async ({ id }) => {
      const archive = (await listArchives(db)).find((one) => one.id === id);
      if (!archive) throw notFound();
      return {
        stream: await files.get(id),
        mediaType: 'application/gzip',
        fileName: `audit-${archive.month}-${archive.kind}-${archive.fromSeal}-${archive.toSeal}.jsonl.gz`,
        disposition: 'attachment' as const,
        sizeBytes: archive.bytes,
      };
    },
  } satisfies Partial<Handlers<typeof auditLogContract>>;
};

const alerting = ({ db }: AuditLogParts) =>
  ({
    alerts: async ({ state, after }, context) => {
      const place = after === undefined ? undefined : readCursor(after);
      if (after !== undefined && !place) return context.fail('BAD_CURSOR');
      const found = await listAlerts(db, state, place && { at: place.at, id: place.name }, alertsOfPage + 1);
      const shown = found.slice(0, alertsOfPage);
      const last = found.length > alertsOfPage ? shown.at(-1) : undefined;
      return {
        rows: shown.map((alert) => alertViewOf(alert, context.subject.id)),
        open: await countOpenAlerts(db),
        next: last ? cursorOf(last.raisedAt, last.id, 0) : null,
      };
    },
    handleAlert: async ({ id, opinion }, context) => {
      const { subject, now, traceId } = context;
      await inTransaction(db, async (tx) => {
        const alert = await lockAlert(tx, id);
        if (!alert) throw notFound();
        // Nobody audits himself. Source: domain 10.4.
        if (alert.actorId === subject.id) context.fail('OWN_MATTER');
        if (alert.state === 'handled') context.fail('HANDLED');
        await closeAlert(tx, id, { id: subject.id, name: subject.name, at: now, opinion });
        await appendFact(tx, {
          at: now,
          kind: 'security',
          action: 'governance.audit-log.handleAlert',
          actor: actorOf(context),
          object: { type: 'governance.audit-alert', id },
          outcome: 'done',
          detail: { rule: alert.rule, about: alert.about, opinion },
          traceId,
        });
      });
      return { id };
    },
  }) satisfies Partial<Handlers<typeof auditLogContract>>;

const tuning = ({ db }: AuditLogParts) =>
  ({
    settings: async () => {
      const set = new Map((await setPeriods(db)).map((one) => [one.setting, one]));
      return auditSettings.map((one) => settingViewOf(one, set.get(one.setting)));
    },
    setSetting: async ({ setting, was, value }, context) => {
      const known = auditSettings.find((one) => one.setting === setting);
      if (!known) throw notFound();
      if (value !== null && (value < known.least || value > known.most)) {
        const message = `“${known.title}”应在 ${known.least} 至 ${known.most} 之间`;
        return context.fail('OUT_OF_BOUNDS', { message, problems: [{ path: 'value', message }] });
      }
      const { now, subject, traceId } = context;
      await inTransaction(db, async (tx) => {
        if (!(await setPeriod(tx, setting, { was, value, by: subject.name, at: now }))) context.fail('CHANGED');
        await appendFact(tx, {
          at: now,
          kind: 'system',
          action: 'governance.audit-log.setSetting',
          actor: actorOf(context),
          object: { type: 'governance.audit-setting', id: setting },
          outcome: 'done',
          detail: { title: known.title, was, value },
          traceId,
        });
      });
      return settingViewOf(known, { setting, value, updatedAt: now, updatedBy: subject.name });
    },
  }) satisfies Partial<Handlers<typeof auditLogContract>>;

/** Handlers of the log's pages. Source: tender R45; domain 10.4. */
export const auditLogHandlers = (parts: AuditLogParts): Handlers<typeof auditLogContract> => ({
  ...reading(parts),
  ...archiving(parts),
  ...alerting(parts),
  ...tuning(parts),
  exportEntries: exportEntries(parts),
});
