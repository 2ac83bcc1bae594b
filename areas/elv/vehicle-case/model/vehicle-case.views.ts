import { z } from 'zod';
import { stepView } from '#kernel/lifecycle/step-view.ts';

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

/** What keeps a case from going on, as the lifecycle names it. */
export const holdCode = z.enum(['frozen', 'withdrawal']);
/** See {@link holdCode}. */
export type HoldCode = z.output<typeof holdCode>;

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
  /** Its period stands still, and nobody goes on with it until these are lifted. */
  holds: z.array(z.object({ code: holdCode, title: z.string() })),
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
  wanted: z.boolean(),
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

/** As what a vehicle was accepted whose papers now say what else is asserted, and what was found of that. Source: ADR 0053. */
export const assertedView = z.object({
  reason: z.string(),
  finding: z.enum(['agreed', 'rejected']).nullable(),
  /** The national system would not take the report back. */
  notTakenBack: z.boolean(),
  was: z.object({
    plateNo: z.string().nullable(),
    plateTypeCode: z.string().nullable(),
    brandModel: z.string().nullable(),
    vin: z.string().nullable(),
  }),
});
/** See {@link assertedView}. */
export type AssertedView = z.output<typeof assertedView>;

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
  /** The enterprise's own number, where its own system opened the case; null for a case opened on the desk. */
  reference: z.string().nullable(),
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
  holds: z.array(z.object({ code: holdCode, title: z.string() })),
  heldSince: instant.nullable(),
  returnReason: z.string().nullable(),
  /** As what the vehicle was accepted while its papers say what else is asserted, and how that stands; null where nothing is in question. */
  identity: assertedView.nullable(),
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
