import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { signedDoor } from '#kernel/contract/signature.ts';
import { tender } from '#kernel/source/source.ts';
import { vehicleCaseContract } from './vehicle-case.contract.ts';
import { caseView, checkView, partSlot, sectionIds } from './vehicle-case.views.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });
const base = '/intake/cases';

/** The enterprise's own number of a matter; it opens one case, ever. */
const reference = z
  .string()
  .trim()
  .min(1, '请填写企业自己的业务编号')
  .max(64, '业务编号最多 64 个字符')
  .regex(/^[\x21-\x7e]+$/, '业务编号只能用字母、数字和符号，不含空格');

/** A case as the enterprise's own system may see it: how far it is and what it lacks, and nothing personal. */
export const intakeCase = z.object({
  id,
  caseNo: z.string(),
  /** Null for a case that was opened on the desk. */
  reference: z.string().nullable(),
  version: z.int(),
  round: z.int(),
  state: z.string(),
  stateTitle: z.string(),
  stateKind: z.enum(['work', 'wait', 'final']),
  stateSince: z.string(),
  holds: caseView.shape.holds,
  returnReason: z.string().nullable(),
  /** The sections that may be filled now. */
  editable: z.array(z.enum(sectionIds)),
  /** The step that the enterprise's people take next; null while others have the case. */
  next: z.object({ action: z.string(), title: z.string() }).nullable(),
  /** What that step still lacks, each with its place (`owner.ownerPhone`). */
  missing: z.array(z.object({ path: z.string(), message: z.string() })),
  photos: z.array(
    partSlot.pick({ part: true, title: true, section: true, required: true }).extend({ present: z.int() }),
  ),
  checks: z.array(checkView.pick({ kind: true, title: true, status: true, verdict: true })),
  certificate: caseView.shape.certificate,
  deregistration: caseView.shape.deregistration,
});
/** See {@link intakeCase}. */
export type IntakeCase = z.output<typeof intakeCase>;

/** A case in the list of those that have changed. */
export const intakeLine = intakeCase.pick({
  id: true,
  caseNo: true,
  reference: true,
  state: true,
  stateTitle: true,
  stateKind: true,
  stateSince: true,
});

const values = z.record(z.string().max(60), z.unknown());
const { saveSection, addPhoto } = vehicleCaseContract;
const notFoundHere = { NOT_FOUND: { status: 404, message: '没有这件案卷，或它不属于本企业' } } as const;
const bySystem = { door: signedDoor, source: tender(1, 3, 6) } as const;

/**
 * What an enterprise's own system may do: draft cases and fill them, so that nobody types twice. Handing in, and every other decision, is signed by people on the desk.
 * Source: tender R01, R03, R06.
 */
export const intakeContract = {
  open: operation({
    ...bySystem,
    id: 'elv.intake.open',
    title: '企业系统报送新受理',
    method: 'POST',
    path: base,
    permission: 'elv.vehicle-case:open',
    /** The same reference with the same content is answered with the first case. */
    input: z.object({
      reference,
      registeredWithPolice: z.boolean().default(true),
      sections: z
        .strictObject({ papers: values.optional(), owner: values.optional(), agent: values.optional() })
        .default({}),
    }),
    output: z.object({ id, caseNo: z.string(), reference: z.string() }),
    errors: {
      NOT_ACCEPTING: { status: 409, message: '企业现在不能新受理车辆' },
      REFERENCE_TAKEN: { status: 409, message: '这个业务编号已报送过内容不同的案卷' },
      IN_HAND: { status: 409, message: '本企业已有这辆车的在办案卷' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
    },
    audit: 'write',
  }),
  save: operation({
    ...bySystem,
    id: 'elv.intake.save',
    title: '企业系统补充填写内容',
    method: 'PUT',
    path: `${base}/{id}/sections/{section}`,
    permission: 'elv.vehicle-case:edit',
    input: saveSection.input,
    output: saveSection.output.omit({ values: true }),
    errors: { ...saveSection.errors, ...notFoundHere },
    audit: 'write',
  }),
  photograph: operation({
    ...bySystem,
    id: 'elv.intake.photograph',
    title: '企业系统上传照片',
    method: 'POST',
    path: `${base}/{id}/photos/{part}`,
    permission: 'elv.vehicle-case:edit',
    body: 'file',
    /** The name stands in the query, which is signed. */
    input: addPhoto.input.omit({ takenBy: true }).extend({ fileName: z.string().trim().max(200).optional() }),
    output: addPhoto.output.pick({ id: true, part: true, title: true, sm3: true, uploadedAt: true }),
    errors: { ...addPhoto.errors, ...notFoundHere },
    audit: 'write',
  }),
  read: operation({
    ...bySystem,
    id: 'elv.intake.read',
    title: '企业系统查询案卷状态',
    method: 'GET',
    path: `${base}/{id}`,
    permission: 'elv.vehicle-case:read',
    input: one,
    output: intakeCase,
    errors: notFoundHere,
    audit: 'none',
  }),
  changes: operation({
    ...bySystem,
    id: 'elv.intake.changes',
    title: '企业系统查询状态有变化的案卷',
    method: 'GET',
    path: base,
    permission: 'elv.vehicle-case:read',
    input: z.object({
      /** Where the last page ended, as it was answered; left out for the beginning. */
      after: z
        .string()
        .max(120)
        .regex(/^(\d{1,9}|\d{10,16}-[\w-]{1,64})$/, 'after 应原样填写上一次应答的 next')
        .optional(),
      size: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.object({
      cases: z.array(intakeLine),
      /** The next question's `after`; the same again where nothing has changed. */
      next: z.string().nullable(),
      more: z.boolean(),
    }),
    errors: {},
    audit: 'none',
  }),
};
