import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import matter from '#web-kit/matter.module.css';
import { newKey } from '#web-kit/new-key.ts';
import { usePageTitle } from '#web-kit/page-title.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { Timeline } from '#web-kit/Timeline.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { SystemStep, SystemView } from '../model/enterprise-system.contract.ts';
import { systemStepContract } from '../model/enterprise-system.contract.ts';
import { enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import { Deliveries, RefusedCalls } from './SystemUse.tsx';
import { systemQuery, systemSteps, systemsKey } from './system-api.ts';
import { systemTone } from './system-tone.ts';
import styles from './systems.module.css';

const asks: Readonly<Record<SystemStep, 'opinion' | 'reason' | 'nothing'>> = {
  confirm: 'opinion',
  refuse: 'reason',
  withdraw: 'nothing',
  revoke: 'reason',
};

/** Sentences people write again and again. Source: assumption. */
const templates: Readonly<Record<SystemStep, readonly string[]>> = {
  confirm: ['已与企业电话核对公钥指纹'],
  refuse: ['公钥指纹与企业告知的不一致', '未能与企业取得联系核对'],
  withdraw: [],
  revoke: ['密钥可能泄露', '系统已停用', '更换密钥'],
};

const StepDialog = ({ view, step, close }: { view: SystemView; step: SystemStep; close: () => void }) => {
  const [text, setText] = useState('');
  const [key] = useState(newKey);
  const client = useQueryClient();
  const { message } = App.useApp();
  const { title, consequence } = enterpriseSystem.actions[step] as { title: string; consequence?: string };
  const take = useMutation({
    mutationFn: () =>
      systemSteps[step]({
        id: view.id,
        version: view.version,
        key,
        input: asks[step] === 'reason' ? { reason: text } : asks[step] === 'opinion' ? { opinion: text } : {},
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: systemsKey });
      void message.success(`“${view.name}”已${title}`);
      close();
    },
  });
  return (
    <ReasonDialog
      question={{
        title,
        consequence: `${view.enterpriseName}的“${view.name}”，公钥指纹 ${view.appId}。${consequence ?? ''}`,
        ask: asks[step],
        tone: step === 'confirm' ? 'primary' : step === 'withdraw' ? 'plain' : 'danger',
        templates: templates[step],
      }}
      reason={text}
      setReason={setText}
      busy={take.isPending}
      failure={take.error ? failureOf(take.error) : null}
      notes={[]}
      confirm={() => take.mutate()}
      close={close}
    />
  );
};

const isStep = (action: string): action is SystemStep => Object.hasOwn(systemStepContract, action);

const Actions = ({ view }: { view: SystemView }) => {
  const [asked, setAsked] = useState<SystemStep | null>(null);
  const steps = view.actions.filter(isStep);
  return (
    <section className={matter.panel} aria-label="现在可以办理">
      {steps.length === 0 && (
        <p className={matter.quiet}>{view.state === 'proposed' ? '等待商务委审核人员确认' : '现在没有需要您办理的'}</p>
      )}
      {view.waitsForAnother && <p className={matter.quiet}>等待商务委审核人员核对指纹后确认</p>}
      <div className={matter.abilities}>
        {steps.map((step) => (
          <Button
            key={step}
            block
            size={step === 'confirm' ? 'large' : 'middle'}
            type={step === 'confirm' ? 'primary' : 'default'}
            danger={step === 'refuse' || step === 'revoke'}
            onClick={() => setAsked(step)}
          >
            {enterpriseSystem.actions[step].title}
          </Button>
        ))}
      </div>
      {asked && <StepDialog view={view} step={asked} close={() => setAsked(null)} />}
    </section>
  );
};

const Fact = ({ title, code = false, children }: { title: string; code?: boolean; children: string }) => (
  <div>
    <dt>{title}</dt>
    <dd className={code ? styles.code : undefined}>{children}</dd>
  </div>
);

const Registration = ({ view }: { view: SystemView }) => (
  <section className={matter.section} aria-labelledby="title-registration">
    <div className={matter.sectionHead}>
      <h2 id="title-registration">登记内容</h2>
    </div>
    <div className={matter.sectionBody}>
      <dl className={styles.facts}>
        <Fact title="公钥指纹（X-App-Id）" code>
          {view.appId}
        </Fact>
        <Fact title="公钥（SM2）" code>
          {view.publicKey}
        </Fact>
        <Fact title="推送地址" code={view.webhookUrl !== null}>
          {view.webhookUrl ?? '不接收推送'}
        </Fact>
        <Fact title="允许的来源地址">{view.ranges.length === 0 ? '不限' : view.ranges.join('、')}</Fact>
        <Fact title="有效期至">{view.validUntil ?? '长期'}</Fact>
        {view.platformKey !== null && (
          <Fact title="平台公钥（核对推送的签名用）" code>
            {view.platformKey}
          </Fact>
        )}
        {view.opinion && <Fact title="最近一次办理的意见">{view.opinion}</Fact>}
      </dl>
      <p className={matter.small}>登记内容确认后不能改动；要换密钥、地址或期限，请登记新的系统，再停用这一个。</p>
    </div>
  </section>
);

const Opened = ({ view }: { view: SystemView }) => {
  usePageTitle(`企业系统 ${view.name}`);
  return (
    <div className={matter.page}>
      <header className={matter.head}>
        <h1 className={matter.name}>{view.name}</h1>
        <StateTag tone={systemTone(view.state)} title={view.stateTitle} large />
        <dl className={matter.facts}>
          <div>
            <dt>企业</dt>
            <dd>{view.enterpriseName}</dd>
          </div>
          <div>
            <dt>登记</dt>
            <dd>
              {view.registeredBy} <TimeText at={view.registeredAt} />
            </dd>
          </div>
          <div>
            <dt>最近调用</dt>
            <dd>{view.lastUsedAt === null ? '还没有' : <TimeText at={view.lastUsedAt} />}</dd>
          </div>
        </dl>
      </header>
      <div className={matter.columns}>
        <div className={matter.main}>
          <Registration view={view} />
          <RefusedCalls view={view} />
          <Deliveries view={view} />
          <section className={matter.section} aria-labelledby="title-timeline">
            <div className={matter.sectionHead}>
              <h2 id="title-timeline">办理记录</h2>
            </div>
            <div className={matter.sectionBody}>
              <Timeline steps={view.timeline} />
            </div>
          </section>
        </div>
        <aside className={matter.side} aria-label="办理">
          <Actions view={view} />
        </aside>
      </div>
    </div>
  );
};

/** One system of an enterprise: what was registered, who confirmed it, how it has called, what it was told. */
export const SystemPage = ({ id }: { id: string }) => {
  const { data, error, refetch } = useQuery(systemQuery(id));
  if (data) return <Opened view={data} />;
  return (
    <div className={matter.page}>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div role="status" aria-busy="true" aria-label="正在打开企业系统">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      )}
    </div>
  );
};
