import { enterpriseSystems } from '#connectors/enterprise-system/exchanges.ts';
import { isEveryRow } from '#kernel/access/predicate.ts';
import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { readPart } from '#kernel/db/parts.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Standing } from '#practices/case-statistics/server/standing.store.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import { holdTitles } from '../model/mark-titles.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { isIdentityInQuestion } from '../model/vehicle-case.identity.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { holdCode } from '../model/vehicle-case.views.ts';
import { askQuestions } from './asking.ts';
import { accessRowOf, ownerView } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { listScopeOf, openStates, rowOf } from './case-line.ts';
import { countByState, listEnterprises, namedEnterprises } from './case-list.store.ts';
import { listCases } from './case-page.store.ts';
import { caseViewOf } from './case-view.ts';
import { certificateFile } from './certificate.ts';
import { keptOfList } from './kept-of-list.ts';
import { openCase } from './open-case.store.ts';
import { reveal } from './reveal.ts';
import { leaveChangeFact, saveSection } from './save-section.ts';
import { findCase, findStanding, lockCase } from './vehicle-case.store.ts';
import { findPulse } from './whole-case.store.ts';

const lifecycle = widened(vehicleCase);
const read = 'elv.vehicle-case:read';

const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

/** Those who have any. */
const enterprisesIn = (standing: readonly Standing[]): readonly string[] =>
  standing.filter(({ count }) => count > 0).map(({ of }) => of);

type CaseContract = Omit<typeof vehicleCaseContract, 'addPhoto' | 'removePhoto' | 'photoContent' | 'readPhoto'>;

/** Handlers of reading, opening, saving and following a case. Source: tender R01–R07, R14. */
export const caseHandlers = (desk: CaseDesk): Handlers<CaseContract> => {
  const { db, crypto, access, outbox, settings, statistics } = desk;
  return {
    list: async (input, context) => {
      const scope = listScopeOf(desk, context);
      const [{ rows, total }, calendar] = await Promise.all([
        listCases(db, crypto, input, scope, keptOfList(statistics, input, scope)),
        settings.calendar(),
      ]);
      if (input.q) await context.leaveRead({ ...searchToldOf(input.q), found: total });
      return { rows: rows.map((row) => rowOf(desk, context, row, calendar)), total };
    },

    summary: async (_, context) => {
      const { rows, work, now } = listScopeOf(desk, context);
      // What is over is never looked at where the numbers tell how much it is.
      const kept = await statistics.standing(rows, 'state');
      const counts = await countByState(db, rows, now, kept && openStates);
      const figures = await outbox.figures(db);
      const mine = counts
        .filter(({ state, holds }) => work.includes(state) && holds.length === 0)
        .map(({ state, count, overdue, oldest }) => ({
          state,
          title: getState(lifecycle, state).title,
          count,
          overdue,
          oldest: oldest?.toISOString() ?? null,
        }))
        .sort((a, b) => b.overdue - a.overdue || b.count - a.count);
      const states = Object.entries(lifecycle.states).map(([state, { title, kind }]) => ({
        state,
        title,
        kind,
        count: kept ? sumOf(kept.filter(({ of }) => of === state)) : sumOf(counts.filter((one) => one.state === state)),
      }));
      const held = holdCode.options.map((code) => ({
        code,
        title: holdTitles[code],
        count: sumOf(counts.filter(({ state, holds }) => openStates.includes(state) && holds.includes(code))),
      }));
      // An enterprise's own system that does not listen is the enterprise's to look after.
      const ours = figures.filter(({ connector }) => connector !== enterpriseSystems.id);
      const needsPerson = isEveryRow(rows) ? ours.reduce((sum, one) => sum + one.givenUp, 0) : 0;
      return { mine, states, held, needsPerson };
    },

    enterprises: async (_, { subject }) => {
      const rows = access.rowFilter(subject, read);
      const kept = await statistics.standing(rows, 'enterprise');
      return kept ? [...(await namedEnterprises(db, enterprisesIn(kept)))] : [...(await listEnterprises(db, rows))];
    },

    open: async (input, context) => {
      const { subject } = context;
      const { organisationId, organisationName, organisationCode } = subject;
      if (organisationId === null || organisationName === null || organisationCode === null) {
        throw new Failure(403, 'NO_ORGANISATION', '您的账号没有所属企业，不能新建受理，请联系管理员');
      }
      const by = { ...subject, organisationId, organisationName, organisationCode };
      return openCase(
        db,
        crypto,
        { openKey: input.key, registeredWithPolice: input.registeredWithPolice, by, now: context.now },
        async (tx, id, caseNo) => {
          const message = await desk.obstacleToAccepting(tx, organisationId, context.now);
          if (message !== null) return context.fail('NOT_ACCEPTING', { message });
          const { districtCode } = subject;
          const of = { caseId: id, version: 1, enterpriseId: organisationId, districtCode };
          await Promise.all([
            leaveChangeFact(tx, context, id, 'elv.vehicle-case.open', { caseNo }),
            desk.statistics.count(tx, of, context.now, []),
          ]);
        },
      );
    },

    get: async (input, context) => {
      const { subject, now } = context;
      const [facts, calendar] = await Promise.all([
        desk.cases.find(input.id, access.rowFilter(subject, read), now),
        settings.calendar(),
      ]);
      if (!facts) throw notFound();
      return caseViewOf(facts, { calendar, access, subject, now, ocrProgress: desk.readings.progress() });
    },

    saveSection: saveSection(desk),

    pulse: async (input, context) => {
      const found = await findPulse(db, desk, input.id, access.rowFilter(context.subject, read));
      if (!found) throw notFound();
      const { standing, photos, checks, sent, received } = found;
      const progress = desk.readings.progress();
      // Only what the page shows takes part: a changed mark means there is something new to see.
      const shown = [
        standing.version,
        standing.state,
        standing.holds,
        checks,
        photos.map(({ id, ocr_status }) => [id, ocr_status]),
        sent.map(({ id, status, attempts }) => [id, status, attempts]),
        received.map(({ id, status }) => [id, status]),
      ];
      const underWay = photos.filter(({ ocr_status: status }) => status === 'waiting' || status === 'reading');
      return {
        version: standing.version,
        mark: sm3Hex(JSON.stringify(shown)).slice(0, 16),
        ocr: underWay.map(({ id, ocr_status: status }) => ({
          photoId: id,
          status: status === 'reading' ? ('reading' as const) : ('waiting' as const),
          progress: progress.get(id) ?? 0,
        })),
      };
    },

    recheck: async (input, context) => {
      const asked = await inTransaction(db, async (tx) => {
        const loaded = await lockCase(tx, crypto, input.id, access.rowFilter(context.subject, 'elv.vehicle-case:edit'));
        if (!loaded) throw notFound();
        if (getState(lifecycle, loaded.snapshot.state).kind === 'final') return context.fail('NOT_EDITABLE');
        const { case_no: caseNo, enterprise_code: enterpriseCode } = loaded.row;
        const { now, traceId } = context;
        const { record } = loaded.snapshot;
        const { checks } = loaded.beside;
        const count = await askQuestions(
          outbox,
          { tx, crypto, caseId: input.id, caseNo, record, checks, enterpriseCode, now, traceId },
          'unsettled',
        );
        await leaveChangeFact(tx, context, input.id, 'elv.vehicle-case.recheck', { asked: count });
        return count;
      });
      desk.nudge();
      return { asked };
    },

    retryExchange: async (input, context) => {
      const standing = await findStanding(db, input.id, access.rowFilter(context.subject, 'elv.vehicle-case:retry'));
      const own =
        standing &&
        (await readPart(db, outbox.ofCase(db, lifecycle.id, input.id))).some(({ id }) => id === input.exchangeId);
      if (!own) throw notFound();
      await inTransaction(db, async (tx) => {
        if (!(await outbox.retryNow(tx, input.exchangeId))) return context.fail('NOT_WAITING');
        await leaveChangeFact(tx, context, input.id, 'elv.vehicle-case.retryExchange', {
          exchangeId: input.exchangeId,
        });
      });
      desk.nudge();
      return { done: true };
    },

    reveal: reveal(desk),

    certificatePdf: async (input, context) => {
      const loaded = await findCase(
        db,
        crypto,
        input.id,
        access.rowFilter(context.subject, 'elv.vehicle-case:printCertificate'),
      );
      if (!loaded) throw notFound();
      // Paper has no masks: whoever sees the owner masked on the page prints nothing.
      const view = access.fieldViews(context.subject, read, accessRowOf(loaded.row));
      if (ownerView(view) !== 'plain') return context.fail('MASKED');
      if (!loaded.snapshot.record.certificate) return context.fail('NOT_ISSUED');
      if (isIdentityInQuestion(loaded.snapshot.state)) return context.fail('IN_QUESTION');
      return certificateFile(loaded, {
        copies: input.copies,
        demo: desk.demo,
        printedBy: context.subject.name,
        now: context.now,
      });
    },
  };
};
