import type { EntrySections } from './entry-sections.ts';

/** What of an entry stands in the registry: the values and attachments of the last approved submission. */
export interface Standing {
  readonly sections: EntrySections;
  readonly files: readonly string[];
  /** Since when; ISO. */
  readonly registeredAt: string;
}

/** The name and code an organisation had when it submitted; evidence of that day, never shown as its name. */
export interface SubmittedAs {
  readonly name: string;
  readonly creditCode: string;
}

/** What is kept of an entry: what is being filed, what stands, and what steps wrote beside them. */
export interface RegistryRecord {
  readonly sections: EntrySections;
  readonly standing: Standing | null;
  readonly submittedAs: SubmittedAs | null;
  /** Who filed what is under way: the enterprise itself, or the authority from a workbook. */
  readonly origin: 'declared' | 'imported';
  /** The reason of the last return or refusal, shown until the entry is submitted again. */
  readonly returnReason: string | null;
  /** What steps of a flow of its own wrote beside the form; only that flow knows its shape. */
  readonly written?: Readonly<Record<string, unknown>>;
}

/** How the question to the company register stands. Unanswered is never "fine". */
export interface RegisterCheck {
  readonly status: 'not-asked' | 'waiting' | 'needs-person' | 'answered';
  /** What was answered: in business, in another standing (`standing`), not there, or the register would not say. */
  readonly outcome: 'in-business' | 'not-in-business' | 'not-found' | 'refused' | null;
  /** The answer in one sentence. */
  readonly text: string;
}

/** An entry as guards see it: the record, the attachments in place, the register's answer. */
export interface RegistryCase extends RegistryRecord {
  readonly files: readonly { readonly id: string; readonly part: string; readonly sm3: string }[];
  readonly register: RegisterCheck;
}

/** Never asked. */
export const notAsked: RegisterCheck = Object.freeze({ status: 'not-asked', outcome: null, text: '' });

/** A registry's parts by name: all that an empty entry is made from. */
interface Parts {
  readonly sections: Readonly<Record<string, unknown>>;
}

/** An entry on the day it is opened. */
export const emptyEntry = ({ sections }: Parts, origin: RegistryRecord['origin']): RegistryRecord => ({
  sections: Object.fromEntries(Object.keys(sections).map((section) => [section, {}])),
  standing: null,
  submittedAs: null,
  origin,
  returnReason: null,
});
