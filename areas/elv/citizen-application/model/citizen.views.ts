import { z } from 'zod';
import { publicProgress } from '../../progress/model/public-query.contract.ts';

const problem = z.object({ path: z.string(), message: z.string() });

/** A field as the phone asks for it: drawn from this, so that the phone carries no rules. */
const askedField = z.object({
  /** `papers.plateNo`. */
  path: z.string(),
  title: z.string(),
  kind: z.enum(['text', 'long-text', 'choice', 'switch']),
  value: z.union([z.string(), z.boolean()]).nullable(),
  hint: z.string().nullable(),
  optional: z.boolean(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  /** What is wrong with what stands there; nothing for a field that is still empty. */
  fault: z.string().nullable(),
});

/** A place for a photograph. */
const material = z.object({
  part: z.string(),
  title: z.string(),
  hint: z.string(),
  required: z.boolean(),
  many: z.boolean(),
  photos: z.array(z.object({ id: z.string(), mediaType: z.string() })),
  /** The text to be agreed to before a photograph may be taken here; null where none is, or it has been. */
  consentFirst: z.string().nullable(),
});

/** A text to be agreed to. */
const consentText = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  text: z.string(),
  /** When it was agreed to while the application was filled in; null where it was not. */
  agreedAt: z.iso.datetime().nullable(),
});

/** One's own application in a list. */
export const ownApplicationRow = z.object({
  id: z.string(),
  applicationNo: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  plateNo: z.string().nullable(),
  brandModel: z.string().nullable(),
  enterpriseName: z.string().nullable(),
  openedAt: z.iso.datetime(),
});

/** One's own application, as its applicant sees it. */
export const ownApplicationView = ownApplicationRow.extend({
  version: z.int(),
  editable: z.boolean(),
  as: z.enum(['owner', 'agent']).nullable(),
  /** Who signed in, in whose name the owner or the agent is filled in. */
  person: z.object({ name: z.string(), identityNo: z.string() }),
  /** The owner's name as the licence was read, where it is another than the applicant's. */
  otherOwner: z.string().nullable(),
  fields: z.array(askedField),
  materials: z.array(material),
  enterprise: z.object({ id: z.string(), name: z.string() }).nullable(),
  consents: z.array(consentText),
  /** What is missing before it can be handed in; consents apart. */
  missing: z.array(problem),
  declineReason: z.string().nullable(),
  caseNo: z.string().nullable(),
  progress: publicProgress,
  abilities: z.array(z.enum(['submit', 'recall'])),
});
/** See {@link ownApplicationView}. */
export type OwnApplicationView = z.output<typeof ownApplicationView>;
/** See {@link ownApplicationRow}. */
export type OwnApplicationRow = z.output<typeof ownApplicationRow>;
