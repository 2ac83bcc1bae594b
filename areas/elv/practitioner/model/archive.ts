import { z } from 'zod';

const period = z.object({ from: z.string(), until: z.string().nullable() });

/** What one enterprise's part of a person's year was. Days are `yyyy-MM-dd`. */
export const archivePart = z.object({
  organisationId: z.string(),
  organisationName: z.string(),
  since: z.string(),
  leftOn: z.string().nullable(),
  posts: z.array(period.extend({ post: z.string() })),
  /** Certificates that were valid on the last day of the year; `validUntil` null for good. */
  certificates: z.array(z.object({ kind: z.string(), validUntil: z.string().nullable() })),
  /** Whole hours of trainings held in the year. */
  trainingHours: z.int(),
  /** Kinds of the records made in the year that stood at its end; those in dispute then are only counted. */
  good: z.array(z.string()),
  bad: z.array(z.string()),
  disputed: z.int(),
});
/** See {@link archivePart}. */
export type ArchivePart = z.output<typeof archivePart>;

/** A person's year as it stood when it ended; `form` grows with the shape. Source: tender T2.10. */
export const archiveContent = z.object({
  form: z.literal(1),
  personId: z.string(),
  year: z.int(),
  parts: z.array(archivePart),
});
/** See {@link archiveContent}. */
export type ArchiveContent = z.output<typeof archiveContent>;
