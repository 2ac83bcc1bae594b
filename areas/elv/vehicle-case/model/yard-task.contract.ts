import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { ability, partSlot, photoView, sectionView } from './vehicle-case.views.ts';
import { yardSections } from './yard-section.ts';

const id = z.string().min(1).max(64);

/** A photograph of a yard's slot as the phone knows it: no file name, no digest. */
const yardPhoto = photoView.pick({ id: true, uploadedAt: true, operatorName: true, deviceTime: true, place: true });
/** See {@link yardPhoto}. */
export type YardPhoto = z.output<typeof yardPhoto>;

const yardSlot = partSlot.omit({ section: true }).extend({ photos: z.array(yardPhoto) });
/** A place for photographs with those in it. */
export type YardSlot = z.output<typeof yardSlot>;

/**
 * What a phone in the yard needs to capture one case without network, and no more: nothing of the owner, nothing of the papers but
 * plate and model.
 */
export const yardTask = z.object({
  caseId: id,
  caseNo: z.string(),
  version: z.int(),
  section: z.enum(yardSections),
  plateNo: z.string().nullable(),
  plateTypeCode: z.string().nullable(),
  brandModel: z.string().nullable(),
  /** The last six characters of the VIN, by which a vehicle without plates is told. */
  vinTail: z.string().nullable(),
  deadlineAt: z.string().nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable(),
  returnReason: z.string().nullable(),
  /** Why nothing can be done for the time being, in words. */
  held: z.array(z.string()),
  slots: z.array(yardSlot),
  /** What is filled in of the section, all of it open. */
  values: sectionView.shape.values,
  /** The major assemblies a vehicle of this build has. */
  assemblies: z.array(z.string()),
  /** The step that hands the section in. */
  step: ability,
});
/** See {@link yardTask}. */
export type YardTask = z.output<typeof yardTask>;

/** What waits for one's yard: cases to be towed, entered, dismantled. Source: tender R03, R04. */
export const yardTaskContract = {
  yardTasks: operation({
    id: 'elv.vehicle-case.yardTasks',
    title: '现场采集任务',
    source: tender(3, 4),
    method: 'GET',
    path: '/elv/yard-tasks',
    permission: 'elv.vehicle-case:edit',
    /** `q`: plate, case number or end of the VIN. */
    input: z.object({ q: z.string().trim().max(30).optional() }),
    /** Those that wait longest first, at most forty of each section; `total` counts all. */
    output: z.object({
      stages: z.array(z.object({ section: z.enum(yardSections), total: z.int(), tasks: z.array(yardTask) })),
    }),
    errors: {},
    audit: 'partly',
  }),
  yardTask: operation({
    id: 'elv.vehicle-case.yardTask',
    title: '一件现场采集任务',
    source: tender(3, 4),
    method: 'GET',
    path: '/elv/yard-tasks/{id}',
    permission: 'elv.vehicle-case:edit',
    input: z.object({ id }),
    /** Null where the case waits for nothing in the yard any more. */
    output: z.object({ task: yardTask.nullable() }),
    errors: {},
    audit: 'none',
  }),
};
