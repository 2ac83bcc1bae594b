import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import matter from '#web-kit/matter.module.css';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { posts, titleIn } from '../model/practitioner.fields.ts';
import type { PractitionerView } from '../model/practitioner.views.ts';
import { Archives } from './Archives.tsx';
import { Certificates } from './Certificates.tsx';
import { Conducts } from './Conducts.tsx';
import { PractitionerActions } from './PractitionerActions.tsx';
import { PractitionerRecord } from './PractitionerRecord.tsx';
import styles from './practitioner.module.css';
import { placeOf, practitionerQuery } from './practitioner-api.ts';
import { Trainings } from './Trainings.tsx';

const Missing = () => (
  <EmptyState page title="没有找到这个人" action={<Link to="/elv/practitioners">回到从业人员列表</Link>}>
    可能地址有误，或这个人不在您的权限范围内。
  </EmptyState>
);

const Posts = ({ person }: { person: PractitionerView }) => (
  <section className={matter.panel} aria-label="岗位经历">
    <div className={matter.panelHead}>
      <h2>岗位经历</h2>
    </div>
    <ul className={styles.stack}>
      {person.posts.map(({ id, title, from, until }) => (
        <li key={id}>
          {title}
          <div className={styles.note}>
            {from} 至 {until ?? '今'}
          </div>
        </li>
      ))}
    </ul>
  </section>
);

const Elsewhere = ({ person }: { person: PractitionerView }) =>
  person.elsewhere.length === 0 ? null : (
    <section className={matter.panel} role="note" aria-label="同时在岗">
      <div className={matter.panelHead}>
        <h2>同时在其他企业在岗</h2>
      </div>
      <p className={styles.note}>同一身份证号码现在也登记在下列企业，请核实；企业之间互相看不到。</p>
      <ul className={styles.stack}>
        {person.elsewhere.map(({ id, organisationName, since }) => (
          <li key={id}>
            <Link {...placeOf(id)}>{organisationName}</Link>
            <div className={styles.note}>{since} 起</div>
          </li>
        ))}
      </ul>
    </section>
  );

/** One person at work: who it is, certificates, trainings, conduct and the archives of the years. Source: tender T2.10. */
export const PractitionerPage = ({ id }: { id: string }) => {
  const { data: person, error, refetch } = useQuery(practitionerQuery(id));
  if (error) {
    return failureOf(error).code === 'NOT_FOUND' ? (
      <Missing />
    ) : (
      <div className={matter.page}>
        <FailurePanel error={error} retry={() => void refetch()} />
      </div>
    );
  }
  if (!person) return <div className={matter.page} aria-busy />;
  return (
    <div className={matter.page}>
      <PageHeader
        title={person.values.name ?? '从业人员'}
        note={
          <span className={styles.marks}>
            <StateTag
              tone={person.leftOn === null ? 'done' : 'idle'}
              title={person.leftOn === null ? '在岗' : `${person.leftOn} 离岗`}
            />
            {titleIn(posts, person.post)} · {person.organisationName}
          </span>
        }
      />
      <div className={matter.columns}>
        <div className={matter.main}>
          <PractitionerRecord key={person.version} person={person} />
          <Certificates person={person} />
          <Trainings person={person} />
          <Conducts person={person} />
          <Archives person={person} />
        </div>
        <div className={matter.side}>
          <PractitionerActions person={person} />
          <Elsewhere person={person} />
          <Posts person={person} />
        </div>
      </div>
    </div>
  );
};
