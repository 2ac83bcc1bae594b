import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import { newKey } from '#web-kit/new-key.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import type { CitizenApplicationView as View } from '../model/citizen-application.contract.ts';
import { casePlaceOf, offeredKey, offeredSteps } from './citizen-application-api.ts';

type Ability = View['abilities'][number];

const declineReasons = ['场地已满，近期不能接收', '材料不清楚，请重新拍摄后再申请', '不具备拆解该类车辆的条件'];

/** The step that is being asked about, and sending it; the same click, sent twice, carries the same key. */
const useStep = (view: View) => {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Ability | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const key = useRef(newKey());
  const send = async ({ action, title }: Ability): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const { id, version } = view;
    try {
      const input = action === 'decline' ? { reason: reason.trim() } : {};
      const done = await offeredSteps[action]({ id, version, key: key.current, input });
      key.current = newKey();
      setAsked(null);
      void message.success(
        done.caseId === null ? `已办“${title}”，申请人可以另选企业` : `已办“${title}”，已打开新案卷，请核对后提交受理`,
        5,
      );
      void navigate(done.caseId === null ? { to: '/elv/citizen-applications' } : casePlaceOf(done.caseId));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
      void queryClient.invalidateQueries({ queryKey: offeredKey });
    }
  };
  const ask = (ability: Ability): void => {
    setFailure(null);
    setAsked(ability);
  };
  return { asked, ask, close: () => setAsked(null), reason, setReason, busy, failure, send };
};

/** Taking the application, and not taking it; what was typed stays with a refusal. Source: tender R62. */
export const CitizenApplicationActions = ({ view }: { view: View }) => {
  const step = useStep(view);
  const { asked } = step;
  return (
    <section className={matter.panel} aria-label="现在可以办理">
      {view.abilities.length === 0 && <p className={matter.quiet}>现在没有需要您办理的</p>}
      <div className={matter.abilities}>
        {view.abilities.map((ability) => (
          <Button
            key={ability.action}
            data-action={ability.action}
            block
            size="large"
            type={ability.action === 'accept' ? 'primary' : 'default'}
            onClick={() => step.ask(ability)}
          >
            {ability.title}
          </Button>
        ))}
      </div>
      {asked && (
        <ReasonDialog
          key={asked.action}
          question={{
            title: asked.title,
            consequence: asked.consequence,
            ask: asked.action === 'decline' ? 'reason' : 'nothing',
            tone: asked.action === 'accept' ? 'primary' : 'return',
            templates: asked.action === 'decline' ? declineReasons : [],
          }}
          reason={step.reason}
          setReason={step.setReason}
          busy={step.busy}
          failure={step.failure}
          notes={[]}
          confirm={() => void step.send(asked)}
          close={step.close}
        />
      )}
    </section>
  );
};
