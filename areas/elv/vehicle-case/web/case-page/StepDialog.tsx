import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { useOpenCase } from './case-context.tsx';
import { reasonTemplates } from './reason-templates.ts';

const ask = { none: 'nothing', opinion: 'opinion', reason: 'reason' } as const;

/** Asks before a step: what follows, and the reason or opinion where one is wanted. A refusal stays in the dialog with what was typed. */
export const StepDialog = () => {
  const { steps } = useOpenCase();
  const { asked, trouble } = steps;
  if (!asked) return null;
  return (
    <ReasonDialog
      key={asked.action}
      question={{
        title: asked.title,
        consequence: asked.consequence,
        ask: ask[asked.input],
        tone: asked.tone,
        templates: reasonTemplates(asked.action),
      }}
      reason={steps.reason}
      setReason={steps.setReason}
      busy={steps.busy === asked.action}
      failure={trouble && trouble.ability.action === asked.action ? trouble.failure : null}
      notes={trouble?.meanwhile ?? []}
      confirm={steps.confirm}
      close={steps.close}
    />
  );
};
