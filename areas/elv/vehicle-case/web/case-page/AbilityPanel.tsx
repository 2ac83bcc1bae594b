import { Button } from 'antd';
import { type CSSProperties, useState } from 'react';
import matter from '#web-kit/matter.module.css';
import { MatterBeside } from '#web-kit/matter-beside.tsx';
import { type VehicleCaseAction, vehicleCase } from '../../model/vehicle-case.lifecycle.ts';
import type { Ability, CaseView } from '../../model/vehicle-case.views.ts';
import { useOpenCase } from './case-context.tsx';
import { abilitiesInOrder } from './reviewing.ts';
import styles from './side.module.css';

/** How many missing things are listed before the rest folds away. */
const atFirst = 6;

const Missing = ({ ability }: { ability: Ability }) => {
  const { jump } = useOpenCase();
  const [all, setAll] = useState(false);
  // Heeded on a small window only, where the list would cover the work itself.
  const [open, setOpen] = useState(false);
  const listed = all ? ability.missing : ability.missing.slice(0, atFirst);
  const more = ability.missing.length - listed.length;
  return (
    <div className={styles.missing} data-open={open}>
      <p>还差 {ability.missing.length} 项：</p>
      <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
        还差 {ability.missing.length} 项，{open ? '收起' : '查看'}
      </button>
      <ul>
        {listed.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path === '' ? (
              message
            ) : (
              <button type="button" className={styles.jump} onClick={() => jump(path)}>
                {message}
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button type="button" className={styles.jump} onClick={() => setAll(true)}>
          还有 {more} 项
        </button>
      )}
    </div>
  );
};

const lifting: VehicleCaseAction = 'liftFreeze';

const whyIdle = ({ stateKind, stateTitle, waitingFor, abilities }: CaseView): string => {
  if (stateKind === 'final') return `案卷已结束（${stateTitle}），只能查看`;
  if (abilities.some(({ action }) => action === lifting))
    return '车辆涉嫌盗抢或在案，案卷已冻结；向公安报告并得到可以继续办理的答复后，可以解除冻结';
  const waiting = `现在没有需要您办理的，等待${waitingFor}`;
  return stateKind === 'wait' ? `${waiting}；应答返回后案卷自动继续，不必守候` : waiting;
};

const lookOf = ({ ready, tone }: Ability): CSSProperties => {
  if (!ready) return { color: 'var(--c-text-second)', background: 'var(--c-ground)' };
  return tone === 'return' ? { color: 'var(--c-returned)', borderColor: 'var(--c-returned)' } : {};
};

/** A step that may be taken: a button when it is ready, else one that leads to what is missing. `shortcut` is shown on it. */
export const AbilityButton = ({
  ability,
  shortcut,
  block = true,
  compact = false,
}: {
  ability: Ability;
  shortcut?: string;
  block?: boolean;
  compact?: boolean;
}) => {
  const { steps, tryNow, jump } = useOpenCase();
  const begin = (): void => {
    if (ability.ready) {
      steps.begin(ability);
      return;
    }
    tryNow();
    const first = ability.missing.find(({ path }) => path !== '');
    if (first) jump(first.path);
  };
  return (
    <Button
      data-action={ability.action}
      block={block}
      size={compact || ability.tone === 'plain' ? 'middle' : 'large'}
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
  const { view } = useOpenCase();
  const abilities = abilitiesInOrder(view.abilities);
  // What ends a case for good stands apart from the step it could be mistaken for.
  const isMain = ({ tone }: Ability): boolean => tone === 'primary' || tone === 'return';
  const main = abilities.filter(isMain);
  const side = abilities.filter((ability) => !isMain(ability));
  return (
    <section className={`${matter.panel} ${styles.actions}`} aria-label="现在可以办理">
      {main.length === 0 && <p className={styles.nothing}>{whyIdle(view)}</p>}
      {main.map((ability) => (
        <div key={ability.action} className={styles.ability}>
          <AbilityButton ability={ability} />
          {!ability.ready && <Missing ability={ability} />}
        </div>
      ))}
      {side.length > 0 && (
        <div className={styles.others}>
          {side.map((ability) => (
            <AbilityButton key={ability.action} ability={ability} block={false} compact />
          ))}
        </div>
      )}
      <MatterBeside kind={vehicleCase.id} place="actions" id={view.id} version={view.version} />
    </section>
  );
};
