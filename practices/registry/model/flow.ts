import type { Fields } from '#kernel/fields/field.ts';
import type { LifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import type { RegistryNotices } from './registry.notices.ts';
import type { RegistryCase } from './registry-record.ts';

/** What a button of a step looks like: the main thing, a return, an end, or something beside. */
export type StepTone = 'primary' | 'return' | 'danger' | 'plain';

/** Something the reader of an entry must know before anything else. `tone` is how much it matters. */
export interface EntryNote {
  readonly key: string;
  readonly tone: 'danger' | 'returned' | 'quiet';
  readonly title: string;
  readonly text: string;
}

/** What pages call things of a registry. */
export interface RegistryWords {
  /** The button by which an enterprise begins. */
  readonly declare: string;
  /** Said where the enterprise has not begun, and what it is to do. */
  readonly undeclared: string;
  readonly undeclaredHow: string;
  /** How enterprises come into an empty list. */
  readonly empty: string;
  /** What the moment is called from which an entry stands. */
  readonly since: string;
  /** The filter for those that stand. */
  readonly standing: string;
  /** What stands is called, beside what is filed. */
  readonly stood: string;
  /** Said beside the state while something else than what stands is filed. */
  readonly changing: string;
  /** What follows when the paper an entry rests on lapses. */
  readonly renewal: string;
  /** Said where a review has no attachments to look at. */
  readonly noFiles: string;
}

/**
 * How the entries of a registry move, and what pages and lists need to know of it beside the graph. A registry reviewed twice is one such
 * flow; a trade whose matter goes through other hands gives its own.
 */
export interface RegistryFlow {
  readonly lifecycle: LifecycleOf<RegistryCase>;
  /** By action. */
  readonly tones: Readonly<Record<string, StepTone>>;
  /** Main actions nobody waits for: coming back after the end. */
  readonly unhurried: readonly string[];
  /** Actions that would make no sense as the entry stands: they are not shown at all. */
  readonly idle: (action: string, record: RegistryCase) => boolean;
  /** What waits in a state, called by what is to be done there; the state's own title where left out. */
  readonly duties: Readonly<Record<string, string>>;
  /** States in which somebody judges what was filed, so that the company register's answer matters. */
  readonly judged: readonly string[];
  /** Actions of those who judge: whoever may take one is shown the review page. */
  readonly judging: readonly string[];
  /** Actions that are no part of judging what was filed: shown on the whole page only. */
  readonly beside: readonly string[];
  /** A word that must stand beside the state today (`yyyy-MM-dd` in Shanghai); null for none. */
  readonly mark: (record: RegistryCase, today: string) => string | null;
  /** Where an entry rests while it stands and nothing is filed. */
  readonly rest: string;
  /** How the states that are not simply under way look. */
  readonly looks: Readonly<Record<string, 'done' | 'refused' | 'idle'>>;
  /** Whom an entry waits for in a state, in words; empty for nobody. */
  readonly waitingFor: (state: string, record: RegistryCase) => string;
  /** What a step asks for beside its confirmation, by action; a step without a form asks for an opinion or a reason. */
  readonly forms: Readonly<Record<string, Fields>>;
  /** Sentences written again and again, by action. */
  readonly templates: Readonly<Record<string, readonly string[]>>;
  /** What the last reason is called in a state. */
  readonly reasonTitle: (state: string, stands: boolean) => string;
  /** What a reader must know of the entry today (`yyyy-MM-dd` in Shanghai). */
  readonly notes: (record: RegistryCase, today: string) => readonly EntryNote[];
  readonly words: RegistryWords;
  readonly notices: RegistryNotices;
}
