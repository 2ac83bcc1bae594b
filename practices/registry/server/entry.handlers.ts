import { everyRow, passes } from '#kernel/access/predicate.ts';
import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { RegistryContract } from '../model/registry.contract.ts';
import { emptyEntry } from '../model/registry-record.ts';
import { actionTitles, workRows } from './abilities.ts';
import { addEntry, type EntryShelf, findEntry, findOfOrganisation, findStanding, lockStanding } from './entry.store.ts';
import { accessRowOf, overOrganisations } from './entry-access.ts';
import { leaveEntryFact } from './entry-facts.ts';
import { listFiles } from './entry-file.store.ts';
import { countByState, countByValidity, type ListScope, listEntries } from './entry-list.store.ts';
import { rowsFor } from './entry-rows.ts';
import { entryRowOf, entryViewOf, inReview, stateOf } from './entry-view.ts';
import { askRegisterAgain } from './register-answers.ts';
import { findCheck, loadCheck } from './register-check.store.ts';
import type { RegistryDesk } from './registry-desk.ts';
import { reveal } from './reveal.ts';
import { saveSection } from './save-section.ts';

type EntryContract = Omit<RegistryContract, 'addFile' | 'removeFile' | 'fileContent'>;

/** Today, and the last day that is warned of today. */
const daysOf = async ({ profile, settings }: RegistryDesk, now: Date) => ({
  today: shanghaiDay(now),
  warnUntil: shanghaiDay(await settings.deadline(profile.periods.lapse, now)),
});

const scopeOf = async (desk: RegistryDesk, { subject, now }: CallContext): Promise<ListScope> => {
  const { profile, access, organisations, db } = desk;
  const all = await organisations.all(db);
  return {
    rows: overOrganisations(access.rowFilter(subject, `${profile.id}:read`), all),
    work: overOrganisations(workRows(access, profile, subject), all),
    now,
    ...(await daysOf(desk, now)),
    organisations: all,
  };
};

const open =
  (desk: RegistryDesk): Handlers<EntryContract>['open'] =>
  async (_, context) => {
    const { profile, db, crypto, organisations, access } = desk;
    const { subject, now } = context;
    if (subject.organisationId === null)
      throw new Failure(403, 'NO_ORGANISATION', '您的账号没有所属企业，不能申报，请联系管理员');
    const organisation = await organisations.find(db, subject.organisationId);
    if (organisation?.kind !== profile.organisationKind) return context.fail('WRONG_KIND');
    const shelf: EntryShelf = { profile, crypto };
    return inTransaction(db, async (tx) => {
      const id = uuidv7(now);
      const record = emptyEntry(profile, 'declared');
      const { version: lifecycleVersion, initial: state } = profile.flow().lifecycle;
      const organisationId = organisation.id;
      const made = await addEntry(tx, shelf, {
        id,
        organisationId,
        state,
        lifecycleVersion,
        openedBy: subject.id,
        at: now,
        record,
      });
      if (made) {
        await leaveEntryFact(tx, context, profile, id, 'open', { organisationId });
        return { id };
      }
      const there = await findOfOrganisation(tx, profile, organisationId);
      // An entry that this person may not see is not told of by its id either.
      const rows = access.rowFilter(subject, `${profile.id}:declare`);
      if (!there || !passes(rows, accessRowOf(there, organisation))) throw notFound();
      return { id: there.id };
    });
  };

const list =
  (desk: RegistryDesk): Handlers<EntryContract>['list'] =>
  async (input, context) => {
    const { profile, crypto, access, db, settings } = desk;
    const [scope, calendar] = await Promise.all([scopeOf(desk, context), settings.calendar()]);
    const { rows, total } = await listEntries(db, { profile, crypto }, input, scope);
    if (input.q) await context.leaveRead({ q: sm3Hex(input.q).slice(0, 16), found: total });
    const byId = new Map(scope.organisations.map((one) => [one.id, one]));
    const placed = new Map(rows.map((row) => [row.id, accessRowOf(row, byId.get(row.organisation_id))]));
    const may = (verb: string, id: string): boolean => {
      const row = placed.get(id);
      return row !== undefined && passes(access.rowFilter(context.subject, `${profile.id}:${verb}`), row);
    };
    const marks = await desk.hands?.marks(db, rows, { today: scope.today, may });
    return {
      rows: rows.map((row) => {
        const organisation = byId.get(row.organisation_id);
        const actions = actionTitles(access, profile, context.subject, accessRowOf(row, organisation));
        return entryRowOf(profile, row, organisation, {
          days: scope,
          now: context.now,
          calendar,
          actions,
          mark: marks?.get(row.id) ?? null,
        });
      }),
      total,
    };
  };

const summary =
  (desk: RegistryDesk): Handlers<EntryContract>['summary'] =>
  async (_, context) => {
    const { profile, crypto, db, access } = desk;
    const { subject, now } = context;
    const shelf = { profile, crypto };
    const scope = await scopeOf(desk, context);
    const [duties, states, validity] = await Promise.all([
      countByState(db, shelf, { all: [scope.rows, scope.work] }, now),
      countByState(db, shelf, scope.rows, now),
      countByValidity(db, shelf, scope),
    ]);
    const { duties: dutyTitles } = profile.flow();
    const waiting = duties.map(({ state, count, overdue, oldest }) => ({
      key: state,
      title: dutyTitles[state] ?? stateOf(profile, state).title,
      count,
      overdue,
      oldest: oldest?.toISOString() ?? null,
    }));
    const warned = (['lapsed', 'lapsing'] as const).map((key) => ({
      key,
      title: key === 'lapsed' ? '证书已过有效期' : '证书即将到期',
      count: validity[key],
      overdue: key === 'lapsed' ? validity[key] : 0,
      oldest: null,
    }));
    const own = scope.organisations.find(({ id }) => id === subject.organisationId);
    const entry = own && (await findOfOrganisation(db, profile, own.id));
    const seen = entry && passes(access.rowFilter(subject, `${profile.id}:read`), accessRowOf(entry, own));
    const loaded = seen ? await findEntry(db, shelf, entry.id, everyRow) : undefined;
    const may = own?.kind === profile.organisationKind && access.holds(subject, `${profile.id}:declare`);
    return {
      mine: [...waiting, ...warned.filter(({ count }) => count > 0)],
      states: Object.entries(profile.flow().lifecycle.states).map(([state, { title }]) => ({
        state,
        title,
        count: states.find((one) => one.state === state)?.count ?? 0,
      })),
      undeclared: may && !entry,
      ownEntryId: seen ? entry.id : null,
      ownNotes: loaded ? [...profile.flow().notes(loaded.snapshot.record, scope.today)] : [],
    };
  };

/** Of the messages about an entry only those on their way are shown; a register is asked for two days at most, while years of daily questions lie behind. */
const mostSent = 20;

const get =
  (desk: RegistryDesk): Handlers<EntryContract>['get'] =>
  async ({ id }, context) => {
    const { profile, crypto, db, access, outbox, settings, organisations } = desk;
    const loaded = await findEntry(db, { profile, crypto }, id, await rowsFor(desk, context, 'read'));
    if (!loaded) throw notFound();
    const [organisation, files, check, sent, steps, calendar, days] = await Promise.all([
      organisations.find(db, loaded.row.organisation_id),
      listFiles(db, profile.schema, id),
      findCheck(db, crypto, profile.schema, id),
      outbox.latestOf(db, profile.id, id, mostSent),
      listSteps(db, profile.id, id),
      settings.calendar(),
      daysOf(desk, context.now),
    ]);
    const { subject, now } = context;
    const row = accessRowOf(loaded.row, organisation);
    const verified = await verifiedSteps(desk, profile.id, id, steps);
    const found = { loaded, organisation, row, files, check, sent, steps, verified };
    return entryViewOf({ profile, access, subject, now, calendar, days, ...found });
  };

/** Handlers of reading, opening, saving and following entries. Source: tender R49. */
export const entryHandlers = (desk: RegistryDesk): Handlers<EntryContract> => {
  const { profile, db, outbox } = desk;
  return {
    list: list(desk),
    summary: summary(desk),
    open: open(desk),
    get: get(desk),
    saveSection: saveSection(desk),
    reveal: reveal(desk),
    pulse: async ({ id }, context) => {
      const standing = await findStanding(db, profile, id, await rowsFor(desk, context, 'read'));
      if (!standing) throw notFound();
      const [check, sent, files] = await Promise.all([
        loadCheck(db, profile.schema, id),
        outbox.latestOf(db, profile.id, id, mostSent),
        listFiles(db, profile.schema, id),
      ]);
      // Only what the page shows takes part: a changed mark means there is something new to see.
      const shown = [
        standing.version,
        standing.state,
        check ?? null,
        sent.map(({ id: messageId, status, attempts }) => [messageId, status, attempts]),
        files.map(({ id: fileId }) => fileId),
      ];
      return { version: standing.version, mark: sm3Hex(JSON.stringify(shown)).slice(0, 16) };
    },
    recheck: async ({ id }, context) => {
      const rows = await rowsFor(desk, context, 'recheck');
      await inTransaction(db, async (tx) => {
        const standing = await lockStanding(tx, profile, id, rows);
        if (!standing) throw notFound();
        const check = await loadCheck(tx, profile.schema, id);
        if (!inReview(profile, standing.state) || check?.status === 'waiting') return context.fail('WAITING');
        const organisationId = standing.organisation_id;
        await askRegisterAgain(desk, tx, { entryId: id, organisationId, now: context.now, traceId: context.traceId });
        await leaveEntryFact(tx, context, profile, id, 'recheck', {});
      });
      desk.nudge();
      return { asked: true };
    },
  };
};
