import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { readPart } from '#kernel/db/parts.ts';
import { findFile } from '#kernel/files/file.store.ts';
import { storedReply } from '#kernel/files/over-calls.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { takeStep } from '#kernel/lifecycle/take-step.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import type { citizenApplicationContract, citizenApplicationSteps } from '../model/citizen-application.contract.ts';
import { onlyAsked } from '../model/citizen-application.guards.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { findApplication, type Standing } from './application.store.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import { listPhotos } from './citizen-photo.store.ts';
import { accessRowOf, deskRows } from './desk-access.ts';
import { countWaiting, listOffered } from './desk-list.store.ts';
import { mayLook, offeredRowOf, offeredViewOf, viewsFor } from './desk-view.ts';

const lifecycle = widened(citizenApplication);

/** What organisations are called and where they lie. */
const placesOf = async ({ organisations, db }: CitizenDesk) => {
  const all = new Map((await organisations.all(db)).map((one) => [one.id, one]));
  return (id: string | null) => (id === null ? undefined : all.get(id));
};

/** Handlers of what the desk reads: the chosen enterprise its own, who supervises all within their rows. Source: tender R44, R62. */
export const offeredHandlers = (desk: CitizenDesk): Handlers<typeof citizenApplicationContract> => {
  const { db, crypto, settings, outbox, files } = desk;
  const readable = ({ subject }: Pick<CallContext, 'subject'>) => deskRows(desk, subject, 'read');
  return {
    list: async (input, context) => {
      const { now } = context;
      const [{ rows, total, more }, calendar, placeOf] = await Promise.all([
        listOffered(db, input, await readable(context), now),
        settings.calendar(),
        placesOf(desk),
      ]);
      if (input.q) await context.leaveRead({ ...searchToldOf(input.q), found: total });
      const lineOf = (row: Standing) =>
        offeredRowOf(row, { now, calendar, enterpriseName: placeOf(row.enterprise_id)?.name ?? null });
      return { rows: rows.map(lineOf), total, more };
    },
    summary: async (_, context) => countWaiting(db, await readable(context), context.now),
    enterprises: async (_, context) => {
      const rows = desk.access.rowFilter(context.subject, `${citizenApplication.id}:read`);
      const all = (await desk.organisations.all(db)).filter(({ kind }) => kind === 'dismantler');
      return all
        .filter(({ id, districtCode }) =>
          passes(rows, { id: '', organisation: id, district: districtCode, owner: null, state: 'submitted' }),
        )
        .map(({ id, name }) => ({ id, name }))
        .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
    },
    get: async ({ id }, context) => {
      const { subject, now } = context;
      const found = await findApplication(db, crypto, id, await readable(context));
      if (!found) throw notFound();
      const [photos, sent, calendar, placeOf] = await Promise.all([
        listPhotos(db, id),
        readPart(db, outbox.ofCase(db, citizenApplication.id, id)),
        settings.calendar(),
        placesOf(desk),
      ]);
      const place = placeOf(found.row.enterprise_id);
      const row = accessRowOf(found.row, place?.districtCode);
      const [accepting, declining] = await Promise.all([
        deskRows(desk, subject, 'accept'),
        deskRows(desk, subject, 'decline'),
      ]);
      return offeredViewOf(desk, {
        found,
        photos: onlyAsked(found.record, photos),
        sent,
        view: viewsFor(desk, subject, row),
        may: (action) => passes(action === 'accept' ? accepting : declining, row),
        now,
        calendar,
        enterpriseName: place?.name ?? null,
      });
    },
    photoContent: async ({ id, photoId }, context) => {
      const found = await findApplication(db, crypto, id, await readable(context));
      const [photo] = found
        ? onlyAsked(found.record, await listPhotos(db, id)).filter((one) => one.id === photoId)
        : [];
      const file = photo && (await findFile(db, photo.file_id));
      if (!found || !photo || !file) throw notFound();
      const placeOf = await placesOf(desk);
      const row = accessRowOf(found.row, placeOf(found.row.enterprise_id)?.districtCode);
      if (!mayLook(photo.part, viewsFor(desk, context.subject, row))) return context.fail('MASKED');
      return storedReply(files, file, false);
    },
  };
};

/** Taking an application, and not taking it. Source: tender R62. */
export const offeredStepHandlers = (desk: CitizenDesk): Handlers<typeof citizenApplicationSteps> => {
  const perform =
    (action: 'accept' | 'decline'): Handlers<typeof citizenApplicationSteps>['accept'] =>
    async (input, context) => {
      const rows = await deskRows(desk, context.subject, action);
      const { snapshot, stateTitle } = await takeStep({ ...desk, lifecycle }, action, input, context, ({ row }) =>
        passes(rows, accessRowOf(row)),
      );
      desk.nudge();
      const caseId = snapshot.record.case?.id ?? null;
      if (caseId !== null) await desk.cases.readPapers(caseId);
      return { state: snapshot.state, stateTitle, version: snapshot.version, caseId };
    };
  return { accept: perform('accept'), decline: perform('decline') };
};
