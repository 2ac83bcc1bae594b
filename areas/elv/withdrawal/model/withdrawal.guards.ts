import { faultsOf } from '#kernel/fields/field.ts';
import type { Guard } from '#kernel/lifecycle/lifecycle.ts';
import { tender } from '#kernel/source/source.ts';
import { applicationFields, isRequired, paperPlaces } from './withdrawal.fields.ts';
import type { Withdrawal } from './withdrawal.record.ts';

/** Every field the application asks for is filled and sound. */
export const applicationWhole: Guard<Withdrawal> = {
  name: 'application-whole',
  source: tender(8),
  check: ({ record }) =>
    faultsOf(applicationFields, record.application).map(({ field, message }) => ({
      path: `application.${field}`,
      message,
    })),
};

/** The papers this kind of application needs are there: papers and personal data go to another enterprise with the owner's consent only. */
export const consentAttached: Guard<Withdrawal> = {
  name: 'consent-attached',
  source: tender(8),
  check: ({ record }) =>
    paperPlaces
      .filter(
        ({ part }) => isRequired(part, record.application.kind) && !record.papers.some((paper) => paper.part === part),
      )
      .map(({ part, title }) => ({ path: `photo:${part}`, message: `请上传${title}` })),
};

/** The case may be withdrawn as it stands: handed in before, not frozen, nothing of the vehicle dismantled. Source: tender R09. */
export const caseCanBeWithdrawn: Guard<Withdrawal> = {
  name: 'case-can-be-withdrawn',
  source: tender(9),
  // The places named are the case's, which is another page.
  check: ({ record }) => record.case.obstacles.map(({ message }) => ({ path: '', message })),
};
