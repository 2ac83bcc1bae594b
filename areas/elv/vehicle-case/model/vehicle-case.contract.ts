import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { rule, tender } from '#kernel/source/source.ts';

/** The parts of a case that are filled and saved together, in the order of the work. */
export const sectionIds = [
  'papers',
  'owner',
  'agent',
  'tow',
  'entry',
  'dismantling',
  'deregistration',
  'collection',
] as const;
/** One of {@link sectionIds}. */
export type SectionId = (typeof sectionIds)[number];

const id = z.string().min(1).max(64);
const instant = z.string();
const caseInput = z.object({ id });

/** A watch mark of a vehicle; colour and wording are the screen's. */
export const markCode = z.enum([
  'supervised',
  'yellow-label',
  'new-energy',
  'non-local',
  'unregistered',
  'pledged',
  'sealed',
  'status-blocked',
  'status-notice',
  'accepted-elsewhere',
  'check-digit',
]);
/** One watch mark with why it stands. */
export const mark = z.object({ code: markCode, title: z.string(), reason: z.string() });
/** See {@link mark}. */
export type Mark = z.output<typeof mark>;

/** A line of a list of cases. Times are ISO instants. */
export const caseRow = z.object({
  id,
  caseNo: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  stateKind: z.enum(['work', 'wait', 'final']),
  plateNo: z.string().nullable(),
  plateTypeCode: z.string().nullable(),
  vin: z.string().nullable(),
  brandModel: z.string().nullable(),
  vehicleTypeTitle: z.string().nullable(),
  ownerName: z.string().nullable(),
  enterpriseId: id,
  enterpriseName: z.string(),
  round: z.int(),
  marks: z.array(mark.omit({ reason: true })),
  openedAt: instant,
  stateSince: instant,
  deadlineAt: instant.nullable(),
  overdue: z.boolean(),
  /** Working days until the deadline, negative when it has passed; null without one. */
  workingDaysLeft: z.int().nullable(),
  /** Titles of the actions the asking user may do now. */
  actions: z.array(z.string()),
});
/** See {@link caseRow}. */
export type CaseRow = z.output<typeof caseRow>;

/** Where OCR saw a value: which photograph, how sure (0..1), and the place in it as fractions of width and height. */
export const reading = z.object({
  value: z.string(),
  confidence: z.number(),
  photoId: id,
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
});
/** See {@link reading}. */
export type FieldReading = z.output<typeof reading>;

/** One section of a case as its reader may see it. `values` of personal fields are masked where the grant says so. */
export const sectionView = z.object({
  id: z.enum(sectionIds),
  title: z.string(),
  editable: z.boolean(),
  values: z.record(z.string(), z.unknown()),
  readings: z.record(z.string(), reading),
  /** What still stands in the way of this section being whole. */
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
  /** Doubts that do not block, for example a VIN check digit. */
  warnings: z.array(z.object({ field: z.string(), message: z.string() })),
});

/** One photograph or paper of a case. Source: tender R01, R03, R04, R07. */
export const photoView = z.object({
  id,
  part: z.string(),
  title: z.string(),
  section: z.enum(sectionIds),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sm3: z.string(),
  uploadedAt: instant,
  operatorName: z.string(),
  deviceTime: instant.nullable(),
  place: z.string().nullable(),
  removable: z.boolean(),
  /** False where it shows papers of a person and the reader sees personal values masked. */
  viewable: z.boolean(),
  /** Reading by OCR, where the part is a paper that can be read. */
  ocr: z.object({
    status: z.enum(['none', 'waiting', 'reading', 'done', 'too-few', 'failed']),
    progress: z.number(),
    message: z.string().nullable(),
  }),
});
/** See {@link photoView}. */
export type PhotoView = z.output<typeof photoView>;

/** A place for a photograph that the vehicle's type and the stage ask for. */
export const partSlot = z.object({
  part: z.string(),
  title: z.string(),
  section: z.enum(sectionIds),
  hint: z.string(),
  required: z.boolean(),
  many: z.boolean(),
});

/** A question to an outside system about this case. An unanswered one is `waiting` or worse, never "fine". Source: tender R01, R60. */
export const checkView = z.object({
  kind: z.enum([
    'owner-identity',
    'agent-identity',
    'collector-identity',
    'vehicle-status',
    'owner-consistency',
    'accepted-elsewhere',
  ]),
  title: z.string(),
  status: z.enum(['not-asked', 'waiting', 'retrying', 'needs-person', 'answered']),
  verdict: z.enum(['pass', 'notice', 'manual', 'block']).nullable(),
  text: z.string(),
  items: z.array(z.object({ text: z.string(), verdict: z.enum(['pass', 'notice', 'manual', 'block']) })),
  askedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
});
/** See {@link checkView}. */
export type CheckView = z.output<typeof checkView>;

/** One compared field: entered, read from the paper, and what police say; `marks` are half-open ranges of differing characters. Source: tender R02. */
export const comparisonRow = z.object({
  field: z.string(),
  section: z.enum(sectionIds),
  title: z.string(),
  entered: z.string(),
  read: z.string().nullable(),
  police: z.string().nullable(),
  verdict: z.enum(['equal', 'different', 'missing-outside', 'missing-entered']),
  enteredMarks: z.array(z.tuple([z.int(), z.int()])),
  policeMarks: z.array(z.tuple([z.int(), z.int()])),
  photoId: id.nullable(),
});
/** See {@link comparisonRow}. */
export type ComparisonRow = z.output<typeof comparisonRow>;

/** One signed step of the timeline. `verified` is null where a step carries no personal signature. */
export const stepView = z.object({
  seq: z.int(),
  action: z.string(),
  title: z.string(),
  at: instant,
  actorName: z.string(),
  organisationName: z.string().nullable(),
  fromTitle: z.string(),
  toTitle: z.string(),
  reason: z.string().nullable(),
  round: z.int(),
  digest: z.string(),
  previousDigest: z.string(),
  publicKey: z.string().nullable(),
  signature: z.string().nullable(),
  verified: z.boolean().nullable(),
  changes: z.array(z.object({ title: z.string(), before: z.string(), after: z.string() })),
});
/** See {@link stepView}. */
export type StepView = z.output<typeof stepView>;

/** One message to or from an outside system. */
export const exchangeView = z.object({
  id,
  direction: z.enum(['out', 'in']),
  connectorTitle: z.string(),
  title: z.string(),
  status: z.enum(['waiting', 'retrying', 'answered', 'refused', 'needs-person']),
  attempts: z.int(),
  createdAt: instant,
  answeredAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  note: z.string().nullable(),
  retryable: z.boolean(),
});
/** See {@link exchangeView}. */
export type ExchangeView = z.output<typeof exchangeView>;

/** What this user could do now; `missing` says what stands in the way, each with the place to jump to. */
export const ability = z.object({
  action: z.string(),
  title: z.string(),
  ready: z.boolean(),
  missing: z.array(z.object({ path: z.string(), message: z.string() })),
  consequence: z.string().nullable(),
  input: z.enum(['none', 'opinion', 'reason']),
  tone: z.enum(['primary', 'return', 'danger', 'plain']),
});
/** See {@link ability}. */
export type Ability = z.output<typeof ability>;

/** Everything the case page draws, for one reader at one moment. */
export const caseView = z.object({
  id,
  caseNo: z.string(),
  version: z.int(),
  round: z.int(),
  state: z.string(),
  stateTitle: z.string(),
  stateKind: z.enum(['work', 'wait', 'final']),
  enterpriseId: id,
  enterpriseName: z.string(),
  openedAt: instant,
  stateSince: instant,
  deadlineAt: instant.nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable(),
  /** Who has the case now, in words. */
  waitingFor: z.string(),
  stages: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      status: z.enum(['done', 'current', 'ahead', 'ended']),
      reachedAt: instant.nullable(),
      days: z.int().nullable(),
    }),
  ),
  marks: z.array(mark),
  holds: z.array(z.object({ code: z.string(), title: z.string() })),
  returnReason: z.string().nullable(),
  handedOverAt: instant.nullable(),
  sections: z.array(sectionView),
  slots: z.array(partSlot),
  photos: z.array(photoView),
  checks: z.array(checkView),
  supervision: z.object({
    supervised: z.boolean(),
    basis: z.array(z.string()),
    decidedBy: z.enum(['rule', 'person', 'police']),
  }),
  comparison: z.object({ asOf: instant, differing: z.int(), rows: z.array(comparisonRow) }).nullable(),
  exchanges: z.array(exchangeView),
  timeline: z.array(stepView),
  /** Whether masked values may be asked for in plain, with a reason. */
  mayReveal: z.boolean(),
  abilities: z.array(ability),
  certificate: z.object({ certificateNo: z.string(), issuedOn: z.string() }).nullable(),
  deregistration: z.object({ certificateNo: z.string().nullable(), issuedOn: z.string().nullable() }).nullable(),
});
/** See {@link caseView}. */
export type CaseView = z.output<typeof caseView>;

/** Orders a list can be asked for; a leading minus is descending. */
export const caseSort = z.enum(['-stateSince', 'stateSince', '-openedAt', 'openedAt', 'deadlineAt']);

const manyOf = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(one).max(40).optional(),
  );

/** Filters of a list of cases; all of them live in the page's address. */
export const caseFilter = z.object({
  /** Plate, VIN, case number or owner name; at least two characters. */
  q: z.string().trim().max(60).optional(),
  state: manyOf(z.string().max(40)),
  mark: manyOf(markCode),
  enterpriseId: id.optional(),
  districtCode: z.string().length(6).optional(),
  overdue: z.stringbool().optional(),
  /** Only cases in which the asking user can act now. */
  mine: z.stringbool().optional(),
  sort: caseSort.default('-stateSince'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** All operations of the vehicle case but its lifecycle steps, which are derived from the definition. Source: tender R01–R07, R14, R57, R60. */
export const vehicleCaseContract = {
  list: operation({
    id: 'elv.vehicle-case.list',
    title: '案卷列表',
    source: tender(1, 2, 14),
    method: 'GET',
    path: '/elv/vehicle-cases',
    permission: 'elv.vehicle-case:read',
    input: caseFilter,
    output: z.object({ rows: z.array(caseRow), total: z.int() }),
    errors: {},
    audit: 'partly',
  }),
  summary: operation({
    id: 'elv.vehicle-case.summary',
    title: '我的工作',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/summary',
    permission: 'elv.vehicle-case:read',
    input: z.object({}),
    output: z.object({
      /** What waits for the asking user, by state, most overdue first. */
      mine: z.array(
        z.object({
          state: z.string(),
          title: z.string(),
          count: z.int(),
          overdue: z.int(),
          oldest: instant.nullable(),
        }),
      ),
      states: z.array(
        z.object({ state: z.string(), title: z.string(), kind: z.enum(['work', 'wait', 'final']), count: z.int() }),
      ),
      needsPerson: z.int(),
    }),
    errors: {},
    audit: 'none',
  }),
  enterprises: operation({
    id: 'elv.vehicle-case.enterprises',
    title: '回收企业',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/enterprises',
    permission: 'elv.vehicle-case:read',
    input: z.object({}),
    output: z.array(z.object({ id, name: z.string() })),
    errors: {},
    audit: 'none',
  }),
  open: operation({
    id: 'elv.vehicle-case.open',
    title: '新建受理',
    source: tender(1),
    method: 'POST',
    path: '/elv/vehicle-cases',
    permission: 'elv.vehicle-case:open',
    /** `key` makes a repeated click answer with the first case. */
    input: z.object({ key: z.uuid(), registeredWithPolice: z.boolean().default(true) }),
    output: z.object({ id, caseNo: z.string() }),
    errors: { NOT_ACCEPTING: { status: 409, message: '企业现在不能新受理车辆' } },
    audit: 'write',
  }),
  get: operation({
    id: 'elv.vehicle-case.get',
    title: '查看案卷',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}',
    permission: 'elv.vehicle-case:read',
    input: caseInput,
    output: caseView,
    errors: {},
    audit: 'read',
  }),
  saveSection: operation({
    id: 'elv.vehicle-case.saveSection',
    title: '保存填写内容',
    source: tender(1, 3, 4, 7),
    method: 'PUT',
    path: '/elv/vehicle-cases/{id}/sections/{section}',
    permission: 'elv.vehicle-case:edit',
    /** Each change tells what stood there when the person began, so that only true conflicts are refused. */
    input: caseInput.extend({
      section: z.enum(sectionIds),
      changes: z.record(z.string().max(60), z.object({ was: z.unknown(), now: z.unknown() })),
    }),
    output: z.object({
      version: z.int(),
      values: z.record(z.string(), z.unknown()),
      faults: sectionView.shape.faults,
      warnings: sectionView.shape.warnings,
    }),
    errors: {
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能修改这部分内容' },
      CONFLICT: { status: 409, message: '这些内容刚被他人修改，请对照后决定保留哪一个' },
      BAD_VALUE: { status: 422, message: '填写的内容不符合要求' },
    },
    audit: 'write',
  }),
  addPhoto: operation({
    id: 'elv.vehicle-case.addPhoto',
    title: '上传照片',
    source: tender(1, 3, 4, 7),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/photos/{part}',
    permission: 'elv.vehicle-case:edit',
    body: 'file',
    input: caseInput.extend({
      part: z.string().max(60),
      /** Chosen by the sender, the same again for a repeated upload of the same photograph. */
      key: z.uuid(),
      deviceTime: z.iso.datetime({ offset: true }).optional(),
      place: z.string().max(120).optional(),
    }),
    output: photoView,
    errors: {
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能上传这张照片' },
      UNKNOWN_PART: { status: 422, message: '没有这个照片位置' },
      FILE_REFUSED: { status: 422, message: '文件不能接收' },
      TOO_LARGE: { status: 413, message: '文件太大，请压缩到 15 MB 以内再上传' },
    },
    audit: 'write',
  }),
  removePhoto: operation({
    id: 'elv.vehicle-case.removePhoto',
    title: '移除照片',
    source: tender(1, 3, 4, 7),
    method: 'DELETE',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}',
    permission: 'elv.vehicle-case:edit',
    input: caseInput.extend({ photoId: id }),
    output: z.object({ version: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能移除这张照片' } },
    audit: 'write',
  }),
  photoContent: operation({
    id: 'elv.vehicle-case.photoContent',
    title: '查看照片',
    source: tender(1, 3, 4, 7),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}/content',
    permission: 'elv.vehicle-case:read',
    reply: 'file',
    input: caseInput.extend({ photoId: id }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '这张照片是含个人信息的证件，您的角色只能看脱敏后的内容' } },
    audit: 'partly',
  }),
  reveal: operation({
    id: 'elv.vehicle-case.reveal',
    title: '查看脱敏内容的明文',
    source: tender(44),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/reveal',
    permission: 'elv.vehicle-case:reveal',
    input: caseInput.extend({
      section: z.enum(sectionIds),
      field: z.string().min(1).max(60),
      reason: z.string().trim().min(4, '请写明查看原因，至少 4 个字').max(200, '原因不超过 200 个字'),
    }),
    output: z.object({ value: z.string() }),
    errors: {
      NOTHING: { status: 404, message: '这一项没有内容' },
      HIDDEN: { status: 403, message: '这一项对您的角色不可见' },
    },
    audit: 'write',
  }),
  readPhoto: operation({
    id: 'elv.vehicle-case.readPhoto',
    title: '识别证件',
    source: tender(1),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/photos/{photoId}/reading',
    permission: 'elv.vehicle-case:edit',
    input: caseInput.extend({ photoId: id }),
    output: photoView.shape.ocr,
    errors: {
      NOT_READABLE: { status: 422, message: '这种照片不需要识别' },
      NOT_EDITABLE: { status: 409, message: '案卷现在的状态不能再识别填写' },
    },
    audit: 'write',
  }),
  /** Live state of what is going on outside and in OCR: cheap, polled by an open case page. */
  pulse: operation({
    id: 'elv.vehicle-case.pulse',
    title: '案卷动态',
    source: tender(14),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/pulse',
    permission: 'elv.vehicle-case:read',
    input: caseInput,
    /** `mark` changes whenever anything the case page shows has changed. */
    output: z.object({
      version: z.int(),
      mark: z.string(),
      ocr: z.array(z.object({ photoId: id, status: photoView.shape.ocr.shape.status, progress: z.number() })),
    }),
    errors: {},
    audit: 'none',
  }),
  recheck: operation({
    id: 'elv.vehicle-case.recheck',
    title: '重新核验',
    source: tender(1, 60),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/recheck',
    permission: 'elv.vehicle-case:edit',
    input: caseInput,
    output: z.object({ asked: z.int() }),
    errors: { NOT_EDITABLE: { status: 409, message: '案卷已办结，不再核验' } },
    audit: 'write',
  }),
  retryExchange: operation({
    id: 'elv.vehicle-case.retryExchange',
    title: '重新发送',
    source: tender(57, 60),
    method: 'POST',
    path: '/elv/vehicle-cases/{id}/exchanges/{exchangeId}/retry',
    permission: 'elv.vehicle-case:retry',
    input: caseInput.extend({ exchangeId: id }),
    output: z.object({ done: z.literal(true) }),
    errors: { NOT_WAITING: { status: 409, message: '这条往来已有结果，不需要重发' } },
    audit: 'write',
  }),
  certificatePdf: operation({
    id: 'elv.vehicle-case.certificatePdf',
    title: '打印回收证明',
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第九条'),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/certificate.pdf',
    permission: 'elv.vehicle-case:printCertificate',
    reply: 'file',
    input: caseInput.extend({ copies: z.enum(['all', 'owner']).default('all') }),
    output: z.unknown(),
    errors: {
      NOT_ISSUED: { status: 409, message: '回收证明尚未出具，取得证明编号后才能打印' },
      MASKED: { status: 403, message: '回收证明含车主个人信息的明文，您的角色只能看脱敏后的内容，不能打印' },
    },
    audit: 'read',
  }),
};

/** The one shape of a lifecycle step call; mounted once for each action of the definition. */
export const stepInput = z.object({
  id,
  version: z.int(),
  /** The same again for a repeated send of the same click: the first result is answered. */
  key: z.uuid(),
  input: z.record(z.string(), z.unknown()).default({}),
});
/** What a step answers: the new state and, for reviewers, the next case that waits for them. */
export const stepOutput = z.object({
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  nextCaseId: id.nullable(),
});
