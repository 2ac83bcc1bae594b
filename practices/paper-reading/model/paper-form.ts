/** What a value's text says, in stored form; `sureness` 0 to 1 multiplies the letters' own certainty, above 1 speaks for it. */
export interface Understood {
  readonly value: string;
  readonly sureness: number;
  /** The value carries a check digit that holds: every letter is right, however faintly it was read. */
  readonly proven?: boolean;
}

/** Understands the text beside a label; undefined when it is no such value. */
export type Understanding = (text: string, confidence: number) => Understood | undefined;

/** A label printed on a form. */
export interface FormLabel {
  readonly id: string;
  /** As printed, in all its wordings, without number, blanks and strokes. */
  readonly texts: readonly string[];
  /** The number some forms print before it. */
  readonly number?: number;
  /** The value may go on in lines below. */
  readonly lines?: 'many';
  /** Some forms print the value under the label. */
  readonly beneath?: true;
}

/** One datum read from a form. */
export interface FormField {
  readonly key: string;
  /** In Chinese, for the message about what was not found. */
  readonly title: string;
  /** Labels whose values, put together, are the text; the first names the place. */
  readonly labels: readonly [string, ...string[]];
  readonly understand: Understanding;
  /** Which of several labels of that name counts: the best read, the uppermost, or the lowest that is filled. */
  readonly which?: 'uppermost' | 'lowest';
  /** Only a few words can stand there, so that even a smudge may tell which; with the confidence that deserves. */
  readonly oneOfFew?: true;
  /** Looks through all text where no label leads to a value: only for values that cannot be taken for another. */
  readonly anywhere?: true;
}

/** Where labels stand to one another on one rigid sheet: left edge and middle of the line, in millimetres. */
export type Printing = Readonly<Record<string, readonly [x: number, y: number]>>;

/** A printed form as it is read. */
export interface PaperForm {
  readonly title: string;
  readonly labels: readonly FormLabel[];
  readonly fields: readonly FormField[];
  readonly printings: readonly Printing[];
  /** So many different labels must be seen before a value is believed. */
  readonly enoughLabels: number;
  /** Words of the form that are neither label nor value. */
  readonly decor?: readonly string[];
  /** Longest side, in pixels, at which text is looked for: small print needs more. */
  readonly detail: number;
}
