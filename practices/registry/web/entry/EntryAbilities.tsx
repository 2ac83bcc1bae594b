import { Button } from 'antd';
import type { CSSProperties } from 'react';
import { jumpTo } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import type { EntryAbility } from '../../model/registry.views.ts';
import styles from './entry.module.css';
import { useOpenEntry } from './entry-context.tsx';
import { inOrder } from './entry-words.ts';
import { StepForm, useFormTried } from './StepForm.tsx';

/** What a step still lacks, each thing with the way to its place. */
export const Missing = ({ ability }: { ability: EntryAbility }) => (
  <div className={matter.missing}>
    {ability.missing.length > 1 && <p>还差 {ability.missing.length} 项：</p>}
    <ul>
      {ability.missing.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {path === '' ? (
            message
          ) : (
            <button type="button" className={matter.jump} onClick={() => jumpTo(path)}>
              {message}
            </button>
          )}
        </li>
      ))}
    </ul>
  </div>
);

const lookOf = ({ ready, tone }: EntryAbility): CSSProperties => {
  if (!ready) return { color: 'var(--c-text-second)', background: 'var(--c-ground)' };
  return tone === 'return' ? { color: 'var(--c-returned)', borderColor: 'var(--c-returned)' } : {};
};

/** A step that may be taken: a button when it is ready, else one that leads to what is missing. */
export const AbilityButton = ({
  ability,
  block = false,
  shortcut,
}: {
  ability: EntryAbility;
  block?: boolean;
  shortcut?: string | undefined;
}) => {
  const { steps, tryNow } = useOpenEntry();
  const begin = (): void => {
    if (ability.ready) {
      steps.begin(ability);
      return;
    }
    tryNow();
    const first = ability.missing.find(({ path }) => path !== '');
    if (first) jumpTo(first.path);
  };
  return (
    <Button
      data-action={ability.action}
      block={block}
      type={!ability.ready ? 'dashed' : ability.tone === 'primary' ? 'primary' : 'default'}
      danger={ability.ready && ability.tone === 'danger'}
      aria-disabled={!ability.ready}
      style={lookOf(ability)}
      loading={steps.busy === ability.action}
      onClick={begin}
    >
      {ability.title}
      {shortcut && <kbd className={styles.key}>{shortcut}</kbd>}
    </Button>
  );
};

/** What this person can do now, from what the server would accept; what is missing stands beside each, and leads there. */
export const AbilityPanel = () => {
  const { view } = useOpenEntry();
  const abilities = inOrder(view.abilities);
  return (
    <section className={matter.panel} aria-label="现在可以办理">
      {abilities.length === 0 && (
        <p className={matter.quiet}>
          {view.waitingFor === '' ? '现在没有需要办理的事项' : `现在没有需要您办理的，等待${view.waitingFor}`}
        </p>
      )}
      <div className={matter.abilities}>
        {abilities.map((ability) => (
          <div key={ability.action}>
            <AbilityButton ability={ability} block />
            {!ability.ready && <Missing ability={ability} />}
          </div>
        ))}
      </div>
    </section>
  );
};

const ask = { none: 'nothing', opinion: 'opinion', reason: 'reason', form: 'nothing' } as const;

/** Asks before a step: what follows, and the reason or opinion where one is wanted. A refusal stays in the dialog with what was typed. */
export const StepDialog = () => {
  const { registry, steps } = useOpenEntry();
  const { asked, trouble } = steps;
  const fields = asked ? registry.flow.forms[asked.action] : undefined;
  const { tried, whole } = useFormTried(fields, asked?.action, steps.draft);
  if (!asked) return null;
  return (
    <ReasonDialog
      key={asked.action}
      question={{
        title: asked.title,
        consequence: asked.consequence,
        ask: ask[asked.input],
        tone: asked.tone,
        templates: registry.flow.templates[asked.action] ?? [],
      }}
      reason={steps.reason}
      setReason={steps.setReason}
      busy={steps.busy === asked.action}
      failure={trouble && trouble.ability.action === asked.action ? trouble.failure : null}
      notes={trouble?.meanwhile ?? []}
      confirm={steps.confirm}
      close={steps.close}
      {...(fields ? { form: { body: <StepForm fields={fields} tried={tried} />, whole } } : {})}
    />
  );
};
