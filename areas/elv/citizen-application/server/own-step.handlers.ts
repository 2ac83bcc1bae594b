import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { takeStep } from '#kernel/lifecycle/take-step.ts';
import type { citizenStepContract } from '../model/citizen.steps.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import { accessRowOf } from './desk-access.ts';
import { ownView } from './own.handlers.ts';

type StepInput = z.output<(typeof citizenStepContract)['submit']['input']>;

const perform =
  (desk: CitizenDesk, action: 'submit' | 'recall') =>
  async (input: StepInput, context: CallContext<'REFUSED' | 'STALE'>): Promise<OwnApplicationView> => {
    const rows = desk.access.rowFilter(context.subject, `${citizenApplication.id}:${action}`);
    // Of one version there is one handing in, however often a nervous thumb taps.
    const said = { ...input, key: `${action}:${input.version}` };
    const taking = { ...desk, lifecycle: widened(citizenApplication), untold: true };
    await takeStep(taking, action, said, context, ({ row }) => passes(rows, accessRowOf(row)));
    desk.nudge();
    return ownView(desk, context, input.id);
  };

/** Handing in and taking back. Source: tender R62. */
export const ownStepHandlers = (desk: CitizenDesk): Handlers<typeof citizenStepContract> => ({
  submit: perform(desk, 'submit'),
  recall: perform(desk, 'recall'),
});
