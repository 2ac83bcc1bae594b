import type { Source } from '#kernel/source/source.ts';

/**
 * How repeats of a photograph are looked for: `same` finds the very same file in two matters, `alike` nearly the same picture as well, `none` neither. Papers that look
 * alike by their nature are not asked for `alike`, and those one person may show again not even for `same`.
 */
export type RepeatRule = 'none' | 'same' | 'alike';

/** What an area says of its photographs as evidence. */
export interface EvidenceProfile {
  /** The database schema its tables are in. */
  readonly schema: string;
  readonly source: Source;
  /** The rule for a photograph's place. */
  readonly repeatRule: (part: string) => RepeatRule;
}
