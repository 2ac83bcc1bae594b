import type { Access, Subject } from '#kernel/access/access.ts';
import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import { standingRefusals } from '#kernel/lifecycle/decide.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import type { Ability } from '../../vehicle-case/model/vehicle-case.views.ts';
import { type WithdrawalAction, withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { FoundWithdrawal } from './withdrawal.store.ts';
import { mayPerform, rowsFor } from './withdrawal-access.ts';

const lifecycle = widened(withdrawal);

const tones: Readonly<Record<WithdrawalAction, Ability['tone']>> = {
  submit: 'primary',
  abandon: 'plain',
  recall: 'plain',
  passInternal: 'primary',
  refuseInternal: 'danger',
  grant: 'primary',
  refuse: 'danger',
  confirmNational: 'plain',
  refuseNational: 'plain',
  resendNational: 'primary',
  takeOver: 'primary',
  decline: 'danger',
};

// Every action of the definition has its tone.
const toneOf = (action: string): Ability['tone'] => tones[action as WithdrawalAction];

/** What the subject could do to the withdrawal now; an action that lacks something is listed with what is missing. */
export const abilitiesOf = (
  access: Access,
  subject: Subject,
  scene: {
    readonly found: FoundWithdrawal;
    readonly row: AccessRow;
    readonly steps: readonly Step[];
    readonly now: Date;
  },
): Ability[] => {
  const { found, row, steps, now } = scene;
  return Object.entries(lifecycle.actions).flatMap(([action, definition]): Ability[] => {
    if (!definition.from.includes(found.state) || !mayPerform(access, subject, action, row)) return [];
    const acted = steps.some(
      (step) =>
        step.round === found.round && step.actorId === subject.id && definition.apartFrom?.includes(step.action),
    );
    const missing = [
      ...standingRefusals(lifecycle, found, action, now),
      ...(acted ? [{ path: '', message: '这份申请是您提交的，内部审核须由其他人员办理' }] : []),
    ];
    return [
      {
        action,
        title: definition.title,
        ready: missing.length === 0,
        missing: missing.map(({ path, message }) => ({ path, message })),
        consequence: definition.consequence ?? null,
        input: !definition.input ? 'none' : definition.input.safeParse({}).success ? 'opinion' : 'reason',
        tone: toneOf(action),
      },
    ];
  });
};

/** Titles of what the subject may do where the withdrawal rests, for lists. */
export const actionTitles = (access: Access, subject: Subject, row: AccessRow): string[] =>
  Object.entries(lifecycle.actions).flatMap(([action, { from, title }]) =>
    from.includes(String(row.state)) && mayPerform(access, subject, action, row) ? [title] : [],
  );

/** The withdrawals that wait for the subject: one of their main actions may be taken there. */
export const workRows = (access: Access, subject: Subject): Predicate => ({
  any: Object.entries(lifecycle.actions).flatMap(([action, { from }]): Predicate[] =>
    toneOf(action) === 'primary' ? [{ all: [{ field: 'state', in: from }, rowsFor(access, subject, action)] }] : [],
  ),
});
