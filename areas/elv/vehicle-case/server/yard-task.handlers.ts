import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import { assembliesOf } from '../model/major-assembly.ts';
import { type VehicleCaseAction, type VehicleCaseState, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { factsOf, slotsOf } from '../model/vehicle-case.slots.ts';
import { type YardSection, yardSections } from '../model/yard-section.ts';
import type { YardTask, yardTaskContract } from '../model/yard-task.contract.ts';
import { abilitiesOf } from './abilities.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { openStates } from './case-line.ts';
import type { ListScope } from './case-list.store.ts';
import { deadlineView, sectionViewOf } from './case-view.ts';
import { findCase } from './vehicle-case.store.ts';
import { listYardCases, withPhotos, type YardCase } from './yard-task.store.ts';

const lifecycle = widened(vehicleCase);
const edit = 'elv.vehicle-case:edit';

/** Where a case waits for a section to be captured, and the step that hands it in. */
const stages: Readonly<Record<YardSection, { readonly state: VehicleCaseState; readonly action: VehicleCaseAction }>> =
  {
    tow: { state: 'admitted', action: 'handOver' },
    entry: { state: 'handedOver', action: 'enter' },
    dismantling: { state: 'dismantling', action: 'submitDismantling' },
  };

/** So many cases of each section are told at once: more than a yard does in a day, and little enough for a phone to keep. */
const mostTasks = 40;

const slotsWithPhotos = ({ loaded, photos }: YardCase, section: YardSection): YardTask['slots'] =>
  slotsOf(loaded.snapshot.record, section).map(({ section: _section, ...slot }) => ({
    ...slot,
    photos: photos
      .filter(({ part }) => part === slot.part)
      .map((photo) => ({
        id: photo.id,
        uploadedAt: photo.uploaded_at.toISOString(),
        operatorName: photo.operator_name,
        deviceTime: photo.device_time?.toISOString() ?? null,
        place: photo.place,
      })),
  }));

interface Asking {
  readonly desk: CaseDesk;
  readonly context: CallContext;
  readonly calendar: WorkingCalendar;
}

const shownValues = (
  { access }: CaseDesk,
  { subject }: CallContext,
  { loaded: { row, snapshot } }: YardCase,
  section: YardSection,
): YardTask['values'] => {
  const view = access.fieldViews(subject, 'elv.vehicle-case:read', accessRowOf(row));
  const draft = snapshot.record.sections[section];
  return sectionViewOf(section, draft, { readings: {}, faults: [], warnings: [] }, view, true).values;
};

/** Null where this person may not hand the section in. */
const taskOf = ({ desk, context, calendar }: Asking, found: YardCase, section: YardSection): YardTask | null => {
  const { row, snapshot } = found.loaded;
  const { subject, now } = context;
  const step = abilitiesOf(desk.access, subject, snapshot, accessRowOf(row), [], now).find(
    ({ action }) => action === stages[section].action,
  );
  if (!step) return null;
  return {
    caseId: row.id,
    caseNo: row.case_no,
    version: snapshot.version,
    section,
    plateNo: row.plate_no,
    plateTypeCode: row.plate_type_code,
    brandModel: row.brand_model,
    vinTail: row.vin?.slice(-6) ?? null,
    ...deadlineView(row.deadline_at, now, calendar),
    returnReason: snapshot.record.returnReason,
    held: snapshot.holds.map((code) => lifecycle.holds[code]?.title ?? code),
    slots: slotsWithPhotos(found, section),
    values: shownValues(desk, context, found, section),
    assemblies: [...assembliesOf(factsOf(snapshot.record))],
    step,
  };
};

/** Handlers of what waits for one's yard. Source: tender R03, R04. */
export const yardTaskHandlers = (desk: CaseDesk): Handlers<typeof yardTaskContract> => {
  const { db, crypto, access, settings } = desk;
  return {
    yardTasks: async ({ q }, context) => {
      const rows = access.rowFilter(context.subject, edit);
      const scope: ListScope = { rows, work: [], openStates, now: context.now };
      const [calendar, ...found] = await Promise.all([
        settings.calendar(),
        ...yardSections.map((section) =>
          listYardCases(db, crypto, scope, { state: stages[section].state, q: q || undefined, most: mostTasks }),
        ),
      ]);
      if (q) await context.leaveRead({ ...searchToldOf(q), found: found.reduce((sum, { total }) => sum + total, 0) });
      return {
        stages: yardSections.map((section, index) => {
          const { cases = [], total = 0 } = found[index] ?? {};
          const tasks = cases.flatMap((one) => taskOf({ desk, context, calendar }, one, section) ?? []);
          return { section, total, tasks };
        }),
      };
    },

    yardTask: async ({ id }, context) => {
      const [loaded, calendar] = await Promise.all([
        findCase(db, crypto, id, access.rowFilter(context.subject, edit)),
        settings.calendar(),
      ]);
      if (!loaded) throw notFound();
      const section = yardSections.find((one) => stages[one].state === loaded.snapshot.state);
      if (!section) return { task: null };
      return { task: taskOf({ desk, context, calendar }, await withPhotos(db, loaded), section) };
    },
  };
};
