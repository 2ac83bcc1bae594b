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
import { findApplication } from './application.store.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import { listPhotos } from './citizen-photo.store.ts';
import { accessRowOf, offeredRows } from './desk-access.ts';
import { countWaiting, listOffered } from './desk-list.store.ts';
import { mayLook, offeredRowOf, offeredViewOf, viewsFor } from './desk-view.ts';

const lifecycle = widened(citizenApplication);

/** Handlers of what the chosen enterprise reads. Source: tender R62. */
export const offeredHandlers = (desk: CitizenDesk): Handlers<typeof citizenApplicationContract> => {
  const { db, crypto, access, settings, outbox, files } = desk;
  const readable = ({ subject }: CallContext) => offeredRows(access, subject, 'read');
  return {
    list: async (input, context) => {
      const { now } = context;
      const [{ rows, total }, calendar] = await Promise.all([
        listOffered(db, input, readable(context)),
        settings.calendar(),
      ]);
      if (input.q) await context.leaveRead({ ...searchToldOf(input.q), found: total });
      return { rows: rows.map((row) => offeredRowOf(row, { now, calendar })), total };
    },
    summary: (_, context) => countWaiting(db, readable(context), context.now),
    get: async ({ id }, context) => {
      const { subject, now } = context;
      const found = await findApplication(db, crypto, id, readable(context));
      if (!found) throw notFound();
      const [photos, sent, calendar] = await Promise.all([
        listPhotos(db, id),
        readPart(db, outbox.ofCase(db, citizenApplication.id, id)),
        settings.calendar(),
      ]);
      const row = accessRowOf(found.row);
      const may = (action: string): boolean => passes(offeredRows(access, subject, action), row);
      const asked = onlyAsked(found.record, photos);
      return offeredViewOf(desk, {
        found,
        photos: asked,
        sent,
        view: viewsFor(desk, subject, row),
        may,
        now,
        calendar,
      });
    },
    photoContent: async ({ id, photoId }, context) => {
      const found = await findApplication(db, crypto, id, readable(context));
      const [photo] = found
        ? onlyAsked(found.record, await listPhotos(db, id)).filter((one) => one.id === photoId)
        : [];
      const file = photo && (await findFile(db, photo.file_id));
      if (!found || !photo || !file) throw notFound();
      if (!mayLook(photo.part, viewsFor(desk, context.subject, accessRowOf(found.row)))) return context.fail('MASKED');
      return storedReply(files, file, false);
    },
  };
};

/** Taking an application, and not taking it. Source: tender R62. */
export const offeredStepHandlers = (desk: CitizenDesk): Handlers<typeof citizenApplicationSteps> => {
  const perform =
    (action: 'accept' | 'decline'): Handlers<typeof citizenApplicationSteps>['accept'] =>
    async (input, context) => {
      const rows = offeredRows(desk.access, context.subject, action);
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
