import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { citizenStepContract } from '../model/citizen.contract.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import { accessRowOf } from './desk-access.ts';
import { ownView } from './own.handlers.ts';

type StepInput = z.output<(typeof citizenStepContract)['submit']['input']>;

const perform =
  (desk: CitizenDesk, action: 'submit' | 'recall') =>
  async (input: StepInput, context: CallContext<'REFUSED' | 'STALE'>): Promise<OwnApplicationView> => {
    const { subject, ip, traceId } = context;
    const rows = desk.access.rowFilter(subject, `${citizenApplication.id}:${action}`);
    const result = await desk.engine.perform({
      caseId: input.id,
      action,
      input: input.input,
      expectedVersion: input.version,
      // Of one version there is one handing in, however often a nervous thumb taps.
      stepKey: `${action}:${input.version}`,
      actor: { id: subject.id, name: subject.name, organisationId: null, organisationName: null, ip },
      traceId,
      mayAct: ({ row }) => passes(rows, accessRowOf(row)),
    });
    if (result.outcome === 'not-found') throw notFound();
    if (result.outcome === 'refused') {
      const problems = result.refusals.map(({ path, message }) => ({ path, message }));
      const { version, state } = result.snapshot;
      const stale = result.refusals.some(({ why }) => why === 'stale');
      const detail = { version, state, stateTitle: getState(widened(citizenApplication), state).title };
      return context.fail(stale ? 'STALE' : 'REFUSED', { problems, detail });
    }
    desk.nudge();
    return ownView(desk, context, input.id);
  };

/** Handing in and taking back. Source: tender R62. */
export const ownStepHandlers = (desk: CitizenDesk): Handlers<typeof citizenStepContract> => ({
  submit: perform(desk, 'submit'),
  recall: perform(desk, 'recall'),
});
