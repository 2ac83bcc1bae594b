import { z } from 'zod';
import { stepView } from '#kernel/lifecycle/step-view.ts';
import { ability } from '../../vehicle-case/model/vehicle-case.views.ts';
import { archivePart } from './archive.ts';
import { conductInput } from './conduct.fields.ts';

const id = z.string().min(1).max(64);
const day = z.string();
/** How a certificate stands today. */
export const validity = z.enum(['valid', 'lapsing', 'lapsed', 'replaced']);
/** See {@link validity}. */
export type Validity = z.output<typeof validity>;

/** A line of the list. Personal values are as the reader may see them, numbers always masked; undefined values are hidden. */
export const practitionerRow = z.object({
  id,
  name: z.string().nullable(),
  identityNo: z.string().nullable(),
  organisationName: z.string(),
  postTitle: z.string(),
  since: day,
  leftOn: day.nullable(),
  /** Certificates that lapse soon, and those that have. */
  lapsing: z.int(),
  lapsed: z.int(),
  good: z.int(),
  bad: z.int(),
  disputed: z.int(),
});
/** See {@link practitionerRow}. */
export type PractitionerRow = z.output<typeof practitionerRow>;

/** A certificate as its reader may see it. */
export const certificateView = z.object({
  id,
  kindTitle: z.string(),
  number: z.string().nullable(),
  issuedOn: day,
  validUntil: day.nullable(),
  issuer: z.string(),
  validity,
  /** The one picture or PDF; null where none is attached. `viewable`: without giving a reason. */
  file: z.object({ name: z.string(), sm3: z.string(), viewable: z.boolean() }).nullable(),
});
/** See {@link certificateView}. */
export type CertificateView = z.output<typeof certificateView>;

/** A step of a conduct record its reader may take; what is filled in is a reason, or the facts anew. */
const conductAbility = ability.extend({ input: z.enum(['reason', 'form']) });

const factsView = conductInput.extend({ text: z.string().nullable() });

/** A conduct record as its reader may see it; `text`, `statement` and `decision` are null where free words are not shown. */
export const conductView = z.object({
  id,
  version: z.int(),
  state: z.string(),
  stateTitle: z.string(),
  nature: z.enum(['good', 'bad']),
  facts: factsView,
  kindTitle: z.string(),
  /** What stood before a correction, where there was one and free words are shown. */
  original: factsView.extend({ kindTitle: z.string() }).nullable(),
  statement: z.string().nullable(),
  decision: z.string().nullable(),
  deadlineAt: z.string().nullable(),
  overdue: z.boolean(),
  abilities: z.array(conductAbility),
  timeline: z.array(stepView),
});
/** See {@link conductView}. */
export type ConductView = z.output<typeof conductView>;

/** A year's archive as its reader may see it: an enterprise only its own part. */
export const archiveView = z.object({
  year: z.int(),
  writtenAt: z.string(),
  sm3: z.string(),
  /** The content is what the digest was made of. */
  intact: z.boolean(),
  /** Years beyond the use of conduct records are shown without them. */
  conductShown: z.boolean(),
  parts: z.array(archivePart),
});
/** See {@link archiveView}. */
export type ArchiveView = z.output<typeof archiveView>;

/** What may be done with a person besides the conduct's own steps. */
export const practitionerVerb = z.enum(['edit', 'reveal', 'record']);

/** Everything the page of a person draws, for one reader. */
export const practitionerView = z.object({
  id,
  version: z.int(),
  organisationName: z.string(),
  values: z.record(z.string(), z.string().nullable()),
  /** Fields that are shown masked, and may be asked for in plain. */
  masked: z.array(z.string()),
  post: z.string(),
  since: day,
  leftOn: day.nullable(),
  posts: z.array(z.object({ id, title: z.string(), from: day, until: day.nullable() })),
  certificates: z.array(certificateView),
  trainings: z.array(z.object({ id, title: z.string(), hours: z.int(), heldOn: day, resultTitle: z.string() })),
  conducts: z.array(conductView),
  archives: z.array(archiveView),
  /** Other enterprises the same person is at work at now; told to those who may see them. */
  elsewhere: z.array(z.object({ id, organisationName: z.string(), since: day })),
  abilities: z.array(practitionerVerb),
});
/** See {@link practitionerView}. */
export type PractitionerView = z.output<typeof practitionerView>;
