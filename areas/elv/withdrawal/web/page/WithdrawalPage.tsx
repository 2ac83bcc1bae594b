import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatMoment } from '#web-kit/format.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { usePageTitle } from '#web-kit/page-title.ts';
import { StageBar } from '#web-kit/StageBar.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { Timeline } from '#web-kit/Timeline.tsx';
import { DeadlineText } from '#web-kit/TimeText.tsx';
import { VinText } from '#web-kit/VinText.tsx';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import styles from '../withdrawal.module.css';
import { casePlaceOf, placeOf } from '../withdrawal-api.ts';
import { withdrawalTone } from '../withdrawal-tone.ts';
import { Application, StrandedTyping } from './Application.tsx';
import { NationalSide } from './NationalSide.tsx';
import { Papers, PaperViewer } from './Papers.tsx';
import { useApplicationAutosave } from './use-application-autosave.ts';
import { usePaperUploads } from './use-paper-uploads.ts';
import { useWithdrawal } from './use-withdrawal.ts';
import { type Ability, type StepOutput, useWithdrawalSteps } from './use-withdrawal-steps.ts';
import { StepDialog, WithdrawalActions } from './WithdrawalActions.tsx';
import { type OpenWithdrawal, useOpenWithdrawal, WithdrawalProvider } from './withdrawal-context.tsx';

const CaseLink = ({ id, caseNo }: { id: string | null; caseNo: string }) =>
  id === null ? caseNo : <Link {...casePlaceOf(id)}>{caseNo}</Link>;

const Header = () => {
  const { view } = useOpenWithdrawal();
  const { vehicle, caseStood, successorCase } = view;
  usePageTitle(`撤销申请 ${vehicle.plateNo ?? view.withdrawalNo}`);
  return (
    <header className={matter.head}>
      <PlateMark plateNo={vehicle.plateNo} plateTypeCode={vehicle.plateTypeCode} size="head" />
      <div className={styles.what}>
        <h1 className={matter.name}>撤销申请 {view.withdrawalNo}</h1>
        <VinText vin={vehicle.vin} />
      </div>
      <dl className={matter.facts}>
        <div>
          <dt>案卷</dt>
          <dd>
            <CaseLink id={view.caseId} caseNo={vehicle.caseNo} />
            {caseStood && <span className={matter.quiet}>（申请时：{caseStood.stateTitle}）</span>}
          </dd>
        </div>
        <div>
          <dt>申请企业</dt>
          <dd>{view.enterpriseName}</dd>
        </div>
        {view.successorName && (
          <div>
            <dt>新企业</dt>
            <dd>{view.successorName}</dd>
          </div>
        )}
        {successorCase && (
          <div>
            <dt>新案卷</dt>
            <dd>
              <CaseLink id={successorCase.id} caseNo={successorCase.caseNo} />
            </dd>
          </div>
        )}
        <div>
          <dt>填报</dt>
          <dd>{formatMoment(view.openedAt)}</dd>
        </div>
        {view.deadlineAt && (
          <div>
            <dt>期限</dt>
            <dd>
              <DeadlineText
                deadlineAt={view.deadlineAt}
                workingDaysLeft={view.workingDaysLeft}
                overdue={view.overdue}
              />
            </dd>
          </div>
        )}
      </dl>
    </header>
  );
};

const Problems = () => {
  const { steps } = useOpenWithdrawal();
  const { trouble, asked } = steps;
  if (!trouble || asked) return null;
  const { failure, ability, meanwhile } = trouble;
  return (
    <div className={`${matter.banner} ${matter.danger}`} role="alert">
      <strong>
        “{ability.title}”没有办成：{failure.message}
      </strong>
      <ul>
        {failure.problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
        {meanwhile.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Button size="small" onClick={steps.forget}>
        知道了
      </Button>
    </div>
  );
};

const refusalTitle = (state: string): string => {
  if (state === 'declined') return '未接收原因：';
  return state === 'nationalRefused' ? '全国系统未准撤销：' : '不予撤销原因：';
};

const TimelinePanel = () => {
  const { view } = useOpenWithdrawal();
  return (
    <section className={matter.section} id={anchorOf('timeline')} aria-labelledby="title-timeline">
      <div className={matter.sectionHead}>
        <h2 id="title-timeline">办理记录</h2>
      </div>
      <div className={matter.sectionBody}>
        {view.timeline.length === 0 ? (
          <p className={matter.quiet}>还没有办理过；提交之后，每一步由谁、何时、为何办理都记在这里。</p>
        ) : (
          <Timeline steps={view.timeline} />
        )}
      </div>
    </section>
  );
};

const Body = () => {
  const { view } = useOpenWithdrawal();
  return (
    <div className={matter.page}>
      <Header />
      <div className={styles.stages}>
        <StageBar stages={view.stages} />
        <div role="status" aria-label="当前状态">
          <StateTag tone={withdrawalTone(view.state)} title={view.stateTitle} large />
        </div>
      </div>
      <div className={matter.columns}>
        <div className={matter.main}>
          <Problems />
          <StrandedTyping />
          {view.refusalReason && (
            <div className={`${matter.banner} ${matter.returned}`} role="note">
              <strong>{refusalTitle(view.state)}</strong>
              <span className={matter.words}>{view.refusalReason}</span>
            </div>
          )}
          <Application />
          <Papers />
          <TimelinePanel />
        </div>
        <aside className={matter.side} aria-label="办理">
          <WithdrawalActions />
          <NationalSide />
        </aside>
      </div>
    </div>
  );
};

/** Says what was done, opens the case that was taken over, or the next withdrawal that waits. */
const useAfterStep = (view: WithdrawalView) => {
  const { message } = App.useApp();
  const navigate = useNavigate();
  return (ability: Ability, { stateTitle, nextId, successorCaseId }: StepOutput): void => {
    const done = `${view.vehicle.plateNo ?? view.withdrawalNo} 已办“${ability.title}”，现为“${stateTitle}”`;
    if (successorCaseId !== null && ability.action === 'takeOver') {
      void message.success(`${done}；已打开新案卷，请核对后提交受理`, 5);
      void navigate(casePlaceOf(successorCaseId));
      return;
    }
    void message.success(nextId ? `${done}；已打开下一件` : done, 5);
    if (nextId) void navigate(placeOf(nextId));
  };
};

const useOpenState = (view: WithdrawalView): OpenWithdrawal => {
  const { saver, save } = useApplicationAutosave(view.id);
  const steps = useWithdrawalSteps(view, saver, useAfterStep(view));
  const [lookedAt, look] = useState<string | null>(null);
  const { uploads, act } = usePaperUploads(view.id, look);
  const [opened] = useState(view.application.values);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  return {
    view,
    saver,
    save,
    steps,
    uploads,
    papers: act,
    lookedAt,
    look,
    opened,
    left,
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    tried,
    tryNow: () => setTried(true),
  };
};

const Opened = ({ view }: { view: WithdrawalView }) => (
  <WithdrawalProvider value={useOpenState(view)}>
    <Body />
    <PaperViewer />
    <StepDialog />
  </WithdrawalProvider>
);

const Missing = () => {
  const navigate = useNavigate();
  return (
    <div className={matter.page}>
      <EmptyState
        page
        title="没有找到这份撤销申请"
        action={<Button onClick={() => void navigate({ to: '/elv/withdrawals' })}>查看撤销申请</Button>}
      >
        申请可能不存在，或不在您的权限范围内。请核对地址，或在列表中按号牌、车辆识别代号查找。
      </EmptyState>
    </div>
  );
};

/** One withdrawal, for whoever opens it: to fill in, to judge, to take the vehicle over, or to follow. Source: tender R08, R09. */
export const WithdrawalPage = ({ id }: { id: string }) => {
  const { view, missing, error, retry } = useWithdrawal(id);
  if (view) return <Opened view={view} />;
  if (missing) return <Missing />;
  return (
    <div className={matter.page}>
      {error ? (
        <FailurePanel error={error} retry={retry} />
      ) : (
        <div role="status" aria-busy="true" aria-label="正在打开撤销申请">
          <Skeleton active paragraph={{ rows: 12 }} />
        </div>
      )}
    </div>
  );
};
