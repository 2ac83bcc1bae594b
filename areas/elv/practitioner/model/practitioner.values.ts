import type { Problem } from '#kernel/contract/failure.ts';
import { type AnyDraft, type Fields, faultsOf, readChanges } from '#kernel/fields/field.ts';

/** The values of a person at work that were checked. Days are `yyyy-MM-dd`. */
export interface PractitionerValues {
  readonly name: string;
  readonly identityNo: string;
  readonly phone: string;
  readonly post: string;
  readonly since: string;
}

/** The same of a certificate. */
export interface CertificateValues {
  readonly kind: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly validUntil: string | null;
  readonly issuer: string;
}

/** The same of a training. */
export interface TrainingValues {
  readonly title: string;
  readonly hours: number;
  readonly heldOn: string;
  readonly result: string;
}

/** Reads typed values of all of these fields; everything wrong or missing is told at once, by field. */
export const readTyped = (
  fields: Fields,
  typed: AnyDraft,
): { readonly values: AnyDraft; readonly problems: readonly Problem[] } => {
  const { values, faults } = readChanges(fields, typed);
  const missing = faultsOf(fields, values).filter(({ field }) => !faults.some((one) => one.field === field));
  return { values, problems: [...faults, ...missing].map(({ field, message }) => ({ path: field, message })) };
};
