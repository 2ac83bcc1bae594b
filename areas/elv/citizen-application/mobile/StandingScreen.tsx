import { useState } from 'react';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Sheet } from '#web-kit/phone/Sheet.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import styles from './citizen.module.css';
import { citizenSteps } from './citizen-api.ts';
import { citizenPaths } from './citizen-paths.ts';
import type { OpenApplication } from './use-application.ts';

const marks = { done: '✓', current: '●', ended: '×', ahead: '○' } as const;
const saying = { done: '已完成', current: '进行中', ended: '已终止', ahead: '未到' } as const;

const Stages = ({ open }: { readonly open: OpenApplication }) => (
  <ol className={styles.stages} aria-label="办理进度">
    {open.view.progress.stages.map(({ title, status, on }) => (
      <li key={title} data-status={status}>
        <span aria-hidden>{marks[status]}</span>
        <b>{title}</b>
        <small>
          {saying[status]}
          {on !== null && ` ${on}`}
        </small>
      </li>
    ))}
  </ol>
);

const Recall = ({ open, onClose }: { readonly open: OpenApplication; readonly onClose: () => void }) => {
  const { busy, act, trouble } = open;
  const recall = async (): Promise<void> => {
    if (await act('recall', ({ id, version }) => citizenSteps.recall({ id, version }))) onClose();
  };
  return (
    <Sheet
      title="撤回这份申请"
      foot={
        <>
          <PhoneButton tone="danger" busy={busy === 'recall'} onPress={() => void recall()}>
            撤回申请
          </PhoneButton>
          <PhoneButton tone="quiet" onPress={onClose}>
            不撤回
          </PhoneButton>
        </>
      }
    >
      <p>撤回后这份申请不再办理，需要时请重新申请。</p>
      {trouble !== '' && <Told tone="danger">{trouble}</Told>}
    </Sheet>
  );
};

/** How an application stands, as everybody's stages have it, and what can be done with it. Source: tender R14, R62. */
export const StandingScreen = ({ open }: { readonly open: OpenApplication }) => {
  const { view, trouble } = open;
  const [recalling, setRecalling] = useState(false);
  const goesOn = view.abilities.includes('submit');
  return (
    <Screen
      title="申请进度"
      up={citizenPaths.home}
      foot={
        view.abilities.length > 0 && (
          <>
            {goesOn && (
              <PhoneButton
                tone="primary"
                onPress={() => goTo(citizenPaths.step(view.id, view.state === 'drafting' ? 'vehicle' : 'enterprise'))}
              >
                {view.state === 'drafting' ? '继续填写' : '另选企业'}
              </PhoneButton>
            )}
            {view.abilities.includes('recall') && (
              <PhoneButton tone="quiet" onPress={() => setRecalling(true)}>
                撤回申请
              </PhoneButton>
            )}
          </>
        )
      }
    >
      <div className={styles.cardTop}>
        <PlateMark plateNo={view.plateNo} plateTypeCode={null} size="head" lacking="未填号牌" />
        <b>{view.stateTitle}</b>
      </div>
      <p className={styles.second}>申请编号 {view.applicationNo}</p>
      {trouble !== '' && !recalling && <Told tone="danger">{trouble}</Told>}
      {view.declineReason !== null && <Told tone="returned">企业未接收的原因：{view.declineReason}</Told>}
      <p>{view.progress.note}</p>
      <Stages open={open} />
      {view.enterprise !== null && <p className={styles.second}>回收企业：{view.enterprise.name}</p>}
      {view.caseNo !== null && <p className={styles.second}>案卷编号：{view.caseNo}</p>}
      {recalling && <Recall open={open} onClose={() => setRecalling(false)} />}
    </Screen>
  );
};
