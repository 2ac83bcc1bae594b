import { Button } from 'antd';
import { jumpTo } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import type { Ability } from './use-withdrawal-steps.ts';
import { useOpenWithdrawal } from './withdrawal-context.tsx';

const Missing = ({ ability }: { ability: Ability }) => (
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

const AbilityButton = ({ ability }: { ability: Ability }) => {
  const { steps, tryNow } = useOpenWithdrawal();
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
      block
      size={ability.tone === 'plain' ? 'middle' : 'large'}
      type={!ability.ready ? 'dashed' : ability.tone === 'primary' ? 'primary' : 'default'}
      danger={ability.ready && ability.tone === 'danger'}
      aria-disabled={!ability.ready}
      style={ability.ready ? {} : { color: 'var(--c-text-second)', background: 'var(--c-ground)' }}
      loading={steps.busy === ability.action}
      onClick={begin}
    >
      {ability.title}
    </Button>
  );
};

/** What comes first is what brings the matter on, what ends it comes last. */
const order: Readonly<Record<Ability['tone'], number>> = { primary: 0, return: 1, plain: 2, danger: 3 };

/** What this person can do now, from what the server would accept; what is missing stands beside each, and leads to its place. */
export const WithdrawalActions = () => {
  const { view } = useOpenWithdrawal();
  const abilities = [...view.abilities].sort((a, b) => order[a.tone] - order[b.tone]);
  return (
    <section className={matter.panel} aria-label="现在可以办理">
      {abilities.length === 0 && (
        <p className={matter.quiet}>
          {view.stateKind === 'final'
            ? `申请已结束（${view.stateTitle}），只能查看`
            : `现在没有需要您办理的，等待${view.waitingFor}`}
          {view.stateKind === 'wait' && '；应答返回后自动继续，不必守候'}
        </p>
      )}
      <div className={matter.abilities}>
        {abilities.map((ability) => (
          <div key={ability.action}>
            <AbilityButton ability={ability} />
            {!ability.ready && <Missing ability={ability} />}
          </div>
        ))}
      </div>
    </section>
  );
};

const ask = { none: 'nothing', opinion: 'opinion', reason: 'reason' } as const;

/** Sentences people write again and again; each can be changed after it is put in. Source: assumption. */
const templates: Readonly<Record<string, readonly string[]>> = {
  passInternal: ['已与车主核实，车辆未拆解'],
  refuseInternal: ['车主未提出撤销', '原因不清楚，请与车主核实后再申请', '车主同意书不完整'],
  grant: ['车辆未拆解，同意撤销'],
  refuse: ['车辆已进入拆解场地，不宜撤销', '撤销理由不充分', '车主同意书不完整，请补充后重新申请'],
  decline: ['车主未与本企业联系', '本企业不具备接收条件'],
};

/** Asks before a step: what follows, and the reason or opinion where one is wanted. A refusal stays in the dialog with what was typed. */
export const StepDialog = () => {
  const { steps } = useOpenWithdrawal();
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
        templates: templates[asked.action] ?? [],
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
