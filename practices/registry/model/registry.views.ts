import { z } from 'zod';
import { stepView } from '#kernel/lifecycle/step-view.ts';

const id = z.string().min(1).max(64);
const instant = z.string();

/** How the paper an entry rests on stands today; days count to its last day and are negative when it has passed. */
export const validityView = z.object({
  validUntil: z.string().nullable(),
  standing: z.enum(['none', 'valid', 'lapsing', 'lapsed']),
  daysLeft: z.int().nullable(),
});

/** What an organisation is called now, as governance has it. */
export const organisationView = z.object({
  id,
  name: z.string(),
  creditCode: z.string(),
  districtCode: z.string(),
  districtTitle: z.string(),
});

/** A line of a registry. Times are ISO instants, days `yyyy-MM-dd`. */
export const entryRow = z.object({
  id,
  organisation: organisationView,
  state: z.string(),
  stateTitle: z.string(),
  /** A word that must stand beside the state. */
  mark: z.string().nullable(),
  stateKind: z.enum(['work', 'wait', 'final']),
  /** The entry stands in the registry, whatever is being filed beside it. */
  inRegistry: z.boolean(),
  number: z.string().nullable(),
  validity: validityView,
  round: z.int(),
  stateSince: instant,
  registeredAt: instant.nullable(),
  deadlineAt: instant.nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable(),
  actions: z.array(z.string()),
});
/** See {@link entryRow}. */
export type EntryRow = z.output<typeof entryRow>;

/** What the reader of an entry must know before anything else. */
export const entryNote = z.object({
  key: z.string(),
  tone: z.enum(['danger', 'returned', 'quiet']),
  title: z.string(),
  text: z.string(),
});

/** One section of an entry as its reader may see it. */
export const entrySection = z.object({
  id: z.string(),
  title: z.string(),
  editable: z.boolean(),
  values: z.record(z.string(), z.unknown()),
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
});
/** See {@link entrySection}. */
export type EntrySectionView = z.output<typeof entrySection>;

/** A place for an attachment, and one attachment in its place. */
export const placeView = z.object({
  part: z.string(),
  title: z.string(),
  hint: z.string(),
  required: z.boolean(),
  many: z.boolean(),
});
/** See {@link placeView}. */
export const fileView = z.object({
  id,
  part: z.string(),
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sm3: z.string(),
  uploadedAt: instant,
  operatorName: z.string(),
  removable: z.boolean(),
  viewable: z.boolean(),
  /** Not among the attachments that stand in the registry. */
  fresh: z.boolean(),
});
/** See {@link fileView}. */
export type FileView = z.output<typeof fileView>;

/** How the question to the company register stands; an unanswered one is never "fine". */
export const registerView = z.object({
  status: z.enum(['not-asked', 'waiting', 'retrying', 'needs-person', 'answered']),
  verdict: z.enum(['pass', 'manual', 'block']).nullable(),
  text: z.string(),
  askedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** How old the register's own copy is. */
  updatedAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  attempts: z.int(),
  askable: z.boolean(),
});
/** See {@link registerView}. */
export type RegisterView = z.output<typeof registerView>;

const range = z.tuple([z.int(), z.int()]);

/** One compared line: filed, standing in the registry, in the company register; marks are half-open ranges of differing letters. */
export const comparisonLine = z.object({
  path: z.string(),
  title: z.string(),
  filed: z.string(),
  standing: z.string().nullable(),
  register: z.string().nullable(),
  changed: z.boolean(),
  verdict: z.enum(['equal', 'different', 'missing-outside', 'missing-entered', 'not-compared']),
  standingMarks: z.array(range),
  filedMarks: z.array(range),
  registerMarks: z.array(range),
});
/** See {@link comparisonLine}. */
export type ComparisonLineView = z.output<typeof comparisonLine>;

/** One signed step. */
export const entryStep = stepView.extend({
  /** What was filled in with the step, in words. */
  details: z.array(z.object({ title: z.string(), text: z.string() })),
});
/** See {@link entryStep}. */
export type EntryStepView = z.output<typeof entryStep>;

/** What this user could do now; `missing` says what stands in the way, each with the place to jump to. */
export const entryAbility = z.object({
  action: z.string(),
  title: z.string(),
  ready: z.boolean(),
  missing: z.array(z.object({ path: z.string(), message: z.string() })),
  consequence: z.string().nullable(),
  input: z.enum(['none', 'opinion', 'reason', 'form']),
  tone: z.enum(['primary', 'return', 'danger', 'plain']),
});
/** See {@link entryAbility}. */
export type EntryAbility = z.output<typeof entryAbility>;

/** Everything the page of an entry draws, for one reader at one moment. */
export const entryView = z.object({
  id,
  version: z.int(),
  round: z.int(),
  organisation: organisationView,
  state: z.string(),
  stateTitle: z.string(),
  mark: z.string().nullable(),
  origin: z.enum(['declared', 'imported']),
  stateSince: instant,
  deadlineAt: instant.nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable(),
  waitingFor: z.string(),
  returnReason: z.string().nullable(),
  /** What the reader must know before anything else. */
  notes: z.array(entryNote),
  /** Null while the entry does not stand in the registry. */
  standing: z.object({ registeredAt: instant }).nullable(),
  number: z.string().nullable(),
  validity: validityView,
  sections: z.array(entrySection),
  places: z.array(placeView),
  files: z.array(fileView),
  register: registerView,
  comparison: z.array(comparisonLine),
  timeline: z.array(entryStep),
  mayReveal: z.boolean(),
  abilities: z.array(entryAbility),
});
/** See {@link entryView}. */
export type EntryView = z.output<typeof entryView>;
