import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { PermissionView, PersonView, RoleView } from '../model/access-change.contract.ts';
import { type ConditionFields, fieldsOf, type PersonalFields } from '../model/access-change.ts';
import { scopeInWords } from '../model/describe-change.ts';
import styles from './access.module.css';
import { peopleQuery } from './access-api.ts';
import { permissionTitle, viewTitles } from './access-words.ts';
import { ProposeDialog } from './ProposeDialog.tsx';

type Grant = RoleView['grants'][number];

const GrantRow = ({
  grant,
  title,
  from,
  conditions,
  personal,
}: {
  grant: Grant;
  title: string;
  from: string | null;
  conditions: ConditionFields;
  personal: PersonalFields;
}) => (
  <tr>
    <td>{title}</td>
    <td className={styles.wide}>{scopeInWords(grant.rows, fieldsOf(conditions, grant.permission))}</td>
    <td data-view={grant.personal}>
      {viewTitles[grant.personal]}
      {grant.fields &&
        Object.entries(grant.fields).map(([field, view]) => (
          <span key={field} className={styles.second}>
            {personal[grant.permission]?.[field] ?? field} {viewTitles[view]}
          </span>
        ))}
    </td>
    <td className={styles.second}>{from === null ? '自有' : `继承自${from}`}</td>
  </tr>
);

const Holders = ({ role }: { role: RoleView }) => {
  const releases = may(useSession(), 'governance.access-change:propose');
  const { data, error, refetch } = useQuery(peopleQuery({ roleId: role.id }));
  const [leaving, setLeaving] = useState<PersonView | null>(null);
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  return (
    <>
      {data?.length === 0 && <p className={styles.second}>目前没有人持有这个角色。</p>}
      <ul className={styles.holders}>
        {data?.map((person) => (
          <li key={person.id}>
            <span>
              {person.name} <span className={styles.second}>{person.userName}</span>
            </span>
            <span className={styles.second}>{person.organisationName ?? '市级'}</span>
            {releases && (
              <Button
                type="link"
                size="small"
                onClick={() => setLeaving(person)}
                aria-label={`收回${person.name}的角色`}
              >
                收回
              </Button>
            )}
          </li>
        ))}
      </ul>
      {leaving && (
        <ProposeDialog
          title={`申请收回 ${leaving.name} 的角色“${role.title}”`}
          change={{ kind: 'release', subjectId: leaving.id, roleId: role.id }}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
};

/** One role: its grants with their way, those it excludes, and who holds it. */
export const RoleDetail = ({
  role,
  roles,
  permissions,
  conditions,
  personal,
  actions,
}: {
  role: RoleView;
  roles: readonly RoleView[];
  permissions: readonly PermissionView[];
  conditions: ConditionFields;
  personal: PersonalFields;
  actions: ReactNode;
}) => {
  const titleOf = (id: string): string => roles.find((one) => one.id === id)?.title ?? id;
  return (
    <article className={styles.detail}>
      <header className={styles.detailHead}>
        <h2>{role.title}</h2>
        <SolidTag tone={role.shipped ? 'slate' : 'green'} title={role.shipped ? '系统自带' : '自定义'} />
        <span className={styles.second}>
          {role.level === 'platform' ? '平台级' : '企业级'} · {role.id}
        </span>
        <div className={styles.detailActions}>{actions}</div>
      </header>
      {role.description && <p>{role.description}</p>}
      <p className={styles.second}>
        继承：{role.parents.map(titleOf).join('、') || '无'}；互斥：{role.excludes.map(titleOf).join('、') || '无'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
      <section className={styles.tableBox} tabIndex={0} aria-label={`${role.title}的权限`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>权限</th>
              <th>数据范围</th>
              <th>个人信息</th>
              <th>来源</th>
            </tr>
          </thead>
          <tbody>
            {role.grants.map((grant, index) => (
              <GrantRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a role may hold the same permission twice
                key={index}
                grant={grant}
                title={permissionTitle(permissions, grant.permission)}
                from={null}
                conditions={conditions}
                personal={personal}
              />
            ))}
            {role.inherited.map(({ from, grant }, index) => (
              <GrantRow
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={`inherited ${index}`}
                grant={grant}
                title={permissionTitle(permissions, grant.permission)}
                from={titleOf(from)}
                conditions={conditions}
                personal={personal}
              />
            ))}
          </tbody>
        </table>
        {role.grants.length + role.inherited.length === 0 && <p className={styles.empty}>这个角色还没有任何权限。</p>}
      </section>
      <h3>持有人员（{role.holders}）</h3>
      <Holders role={role} />
    </article>
  );
};
