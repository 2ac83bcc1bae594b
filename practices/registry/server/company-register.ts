import type { Message } from '#kernel/connector/connector.ts';
import type { RegisterValues } from '../model/entry-comparison.ts';

/** What the company register says of an enterprise. */
export interface RegisterAnswer {
  readonly inBusiness: boolean;
  /** Its standing in the register's own words. */
  readonly standing: string;
  readonly values: RegisterValues;
  /** How old the register's copy is; ISO. */
  readonly updatedAt: string;
}

/** The outside register every submission is compared with; an area says which it is and how it speaks. */
export interface CompanyRegister {
  /** `connector.exchange`. */
  readonly exchange: string;
  /** What it is called, for sentences. */
  readonly title: string;
  readonly message: (reference: string, creditCode: string) => Message;
  /** Reads an answer, parsed by its exchange's schema before. */
  readonly read: (answer: unknown) => RegisterAnswer;
  /** The code by which the register says that it knows no such enterprise. */
  readonly notFound: string;
}
