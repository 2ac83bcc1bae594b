import CheckCircleFilled from '@ant-design/icons/CheckCircleFilled';
import CloseCircleFilled from '@ant-design/icons/CloseCircleFilled';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { ExplanationView } from '../model/access-change.contract.ts';
import styles from './access.module.css';
import { accessApi, accessKey, rolesQuery } from './access-api.ts';
import { permissionOptions } from './access-words.ts';
import { PersonSelect } from './PersonSelect.tsx';
import { whyRoute } from './routes.tsx';
import { SpecialDialog, SpecialList } from './Special.tsx';

const whyQuery = (asked: { readonly subjectId: string; readonly permission: string; readonly target?: string }) =>
  queryOptions({ queryKey: [...accessKey, 'why', asked], queryFn: () => accessApi.why(asked), staleTime: 0 });

const Answer = ({ answer }: { answer: ExplanationView }) => (
  <section className={styles.answer} data-allowed={answer.allowed} aria-live="polite">
    <h2>
      {answer.allowed ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />} {answer.verdict}
      {answer.target && <span className={styles.second}>对象 {answer.target}</span>}
    </h2>
    <ul>
      {answer.lines.map(({ reaches, text }) => (
        <li key={text} data-reaches={reaches}>
          {answer.target === null ? '' : reaches ? '符合 · ' : '不符合 · '}
          {text}
        </li>
      ))}
    </ul>
    {answer.lines.length === 0 && <p className={styles.second}>此人所持的角色都不含这项权限。</p>}
  </section>
);

/** Why somebody may, or may not, do something: asked of the very engine that decides. Source: tender R44. */
export const WhyPage = () => {
  const proposes = may(useSession(), 'governance.access-change:propose');
  const { person, permission, target } = whyRoute.useSearch();
  const navigate = useNavigate({ from: '/governance/why' });
  const [typed, setTyped] = useState(target ?? '');
  const [granting, setGranting] = useState(false);
  const roles = useQuery(rolesQuery);
  const asked = person && permission ? { subjectId: person, permission, ...(target ? { target } : {}) } : null;
  const { data, error } = useQuery({
    ...whyQuery(asked ?? { subjectId: '', permission: '' }),
    enabled: asked !== null,
  });
  const set = (next: {
    person?: string | undefined;
    permission?: string | undefined;
    target?: string | undefined;
  }): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <div className={styles.page}>
      <PageHeader
        title="权限查询"
        note="某人能不能办某事，为什么；由判断权限的同一套规则回答"
        actions={proposes && <Button onClick={() => setGranting(true)}>申请特定权限</Button>}
      />
      <form
        className={styles.question}
        onSubmit={(event) => {
          event.preventDefault();
          set({ target: typed.trim() || undefined });
        }}
      >
        <PersonSelect label="人员" value={person} onChange={(id) => set({ person: id })} />
        <Select
          aria-label="权限"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="要办的事"
          value={permission ?? null}
          popupRender={namedMenu('权限')}
          options={permissionOptions(roles.data?.permissions ?? [])}
          onChange={(next: string) => set({ permission: next })}
        />
        <Input
          aria-label="对象编号"
          placeholder="案卷编号（不填则问总体）"
          allowClear
          maxLength={64}
          value={typed}
          onChange={({ target: { value } }) => setTyped(value)}
        />
        <Button type="primary" htmlType="submit">
          查询
        </Button>
      </form>
      {error && <FailurePanel error={error} />}
      {data && asked && !error && <Answer answer={data} />}
      {!asked && <EmptyState title="选择人员和要办的事">需要问某一件时，再填案卷编号。</EmptyState>}
      <SpecialList />
      {granting && <SpecialDialog permissions={roles.data?.permissions ?? []} onClose={() => setGranting(false)} />}
    </div>
  );
};
