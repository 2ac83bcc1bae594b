import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { PersonView } from '../model/person.view.ts';
import { personStatuses } from '../model/person-status.ts';
import { PersonActions } from './PersonActions.tsx';
import { PersonRecord } from './PersonRecord.tsx';
import { PersonRoles } from './PersonRoles.tsx';
import styles from './person.module.css';
import { personQuery } from './person-api.ts';
import { platformTitle, statusTones } from './person-words.ts';

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </>
);

const AccountFacts = ({ person }: { person: PersonView }) => (
  <section className={styles.sheet} aria-label="账号">
    <h2 className={styles.sheetTitle}>账号</h2>
    <dl className={styles.facts}>
      <Fact title="用户名">{person.userName}</Fact>
      <Fact title="单位">{person.organisationName ?? platformTitle}</Fact>
      <Fact title="有效期至">{person.validUntil === null ? '长期' : <TimeText at={person.validUntil} day />}</Fact>
      <Fact title="最近登录">{person.lastSignInAt === null ? '未登录过' : <TimeText at={person.lastSignInAt} />}</Fact>
      <Fact title="当前登录">{person.openSessions === 0 ? '没有' : `${person.openSessions} 处`}</Fact>
      <Fact title="密码">{person.mustChange ? '下次登录须修改' : <TimeText at={person.passwordChangedAt} />}</Fact>
      <Fact title="第二重验证">{person.secondFactor ? '已启用' : '未启用'}</Fact>
      {person.lockedUntil !== null && (
        <Fact title="锁定至">
          <TimeText at={person.lockedUntil} />
        </Fact>
      )}
      <Fact title="开通">
        <TimeText at={person.createdAt} />
      </Fact>
    </dl>
  </section>
);

const Missing = () => (
  <EmptyState page title="没有找到这个用户" action={<Link to="/governance/people">回到用户列表</Link>}>
    可能地址有误，或这个人不在您的管理范围内。
  </EmptyState>
);

/** One person: what is kept of them, their account and what can be done with it. Source: tender R42. */
export const PersonPage = ({ personId }: { personId: string }) => {
  const { data: person, error, refetch } = useQuery(personQuery(personId));
  if (error) {
    return failureOf(error).code === 'NOT_FOUND' ? (
      <Missing />
    ) : (
      <div className={styles.page}>
        <FailurePanel error={error} retry={() => void refetch()} />
      </div>
    );
  }
  if (!person) return <div className={styles.page} aria-busy />;
  return (
    <div className={styles.page}>
      <PageHeader
        title={person.name}
        note={
          <span className={styles.row}>
            <StateTag tone={statusTones[person.status]} title={personStatuses[person.status]} />
            {person.userName} · {person.organisationName ?? platformTitle}
          </span>
        }
      />
      <div className={styles.body}>
        <div className={styles.sheetless}>
          <PersonRecord key={person.version} person={person} />
          <PersonRoles key={person.roles.map(({ id }) => id).join()} person={person} />
        </div>
        <div className={styles.sheetless}>
          <PersonActions person={person} />
          <AccountFacts person={person} />
        </div>
      </div>
    </div>
  );
};
