import type { AnyDraft, Field } from '#kernel/fields/field.ts';
import type { Box } from './zoom.ts';

/** What OCR read for a field: how sure (0 to 1), and where on which photograph. */
export interface Reading {
  readonly value: string;
  readonly confidence: number;
  readonly photoId: string;
  readonly box: Box | null;
}

/** Below this a reading is to be looked at. Source: domain 9.8 (OCR, <0.85 标黄人工复核). */
export const doubtfulBelow = 0.85;

/** What is known about a field beside its value. */
export interface FieldMarks {
  readonly fault?: string | undefined;
  readonly warning?: string | undefined;
  readonly reading?: Reading | undefined;
  /** Changed since the page was opened. */
  readonly changed?: boolean;
  readonly unsaved?:
    | {
        readonly state: 'typed' | 'sending' | 'conflict' | 'refused';
        readonly theirs?: unknown;
        /** Who saved theirs, where that is known. */
        readonly by?: string;
        readonly message?: string;
      }
    | undefined;
}

/** How one field is entered. */
export interface InputProps {
  readonly id: string;
  readonly field: Field;
  readonly value: unknown;
  readonly invalid: boolean;
  readonly describedBy: string;
  /** The element with the field's name, for groups that no `<label>` can point at. */
  readonly labelledBy: string;
  readonly onChange: (value: unknown) => void;
  /** The person has left the field. */
  readonly onLeave: () => void;
}

/** What a form does and knows; the same for every field of it. */
export interface FormContext {
  readonly section: string;
  readonly values: AnyDraft;
  readonly marksOf: (name: string) => FieldMarks;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onLeave: (name: string) => void;
  readonly onSettle: (name: string, keep: 'mine' | 'theirs') => void;
  readonly onDrop: (name: string) => void;
  /** The address of a photograph, for showing where a reading comes from. */
  readonly pictureOf: (photoId: string) => string;
}

/** The wall clock in Shanghai, which has no summer time, as an ISO instant. */
export const shanghaiInstant = (wallClock: string): string => `${wallClock}:00+08:00`;
