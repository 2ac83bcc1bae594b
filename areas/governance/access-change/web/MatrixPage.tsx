import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { FieldView, RowScope } from '#kernel/access/access.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import type { PermissionView, RoleView } from '../model/access-change.contract.ts';
import { type ConditionFields, fieldsOf, type PersonalFields } from '../model/access-change.ts';
import { scopeInWords } from '../model/describe-change.ts';
import styles from './access.module.css';
import { rolesQuery } from './access-api.ts';
import { viewTitles } from './access-words.ts';
import { ListState } from './ListState.tsx';

interface Cell {
  readonly rows: RowScope;
  readonly personal: FieldView;
  readonly fields: Readonly<Record<string, FieldView>>;
  readonly inherited: boolean;
}

const cellsOf = (role: RoleView, permission: string): readonly Cell[] => [
  ...role.grants
    .filter((grant) => grant.permission === permission)
    .map(({ rows, personal, fields = {} }) => ({ rows, personal, fields, inherited: false })),
  ...role.inherited
    .filter(({ grant }) => grant.permission === permission)
    .map(({ grant: { rows, personal, fields = {} } }) => ({ rows, personal, fields, inherited: true })),
];

const RoleCell = ({
  role,
  permission,
  conditions,
  personalFields,
}: {
  role: RoleView;
  permission: string;
  conditions: ConditionFields;
  personalFields: PersonalFields;
}) => {
  const words = (rows: RowScope): string => scopeInWords(rows, fieldsOf(conditions, permission));
  const titles = personalFields[permission] ?? {};
  const apart = (fields: Cell['fields']): string =>
    Object.entries(fields)
      .map(([field, view]) => `，${titles[field] ?? field}${viewTitles[view]}`)
      .join('');
  const cells = cellsOf(role, permission);
  if (cells.length === 0) return <td className={styles.nothing}>·</td>;
  return (
    <td>
      {cells.map(({ rows, personal, fields, inherited }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a role may hold the same permission twice
          key={index}
          className={styles.may}
          data-view={personal}
          data-inherited={inherited}
          title={`${role.title}：${words(rows)}，个人信息${viewTitles[personal]}${apart(fields)}${inherited ? '，继承' : ''}`}
        >
          {words(rows)}
          {personal !== 'plain' && <sup>{personal === 'masked' ? '脱' : '隐'}</sup>}
          {Object.keys(fields).length > 0 && <sup>另</sup>}
          {inherited && <sup>承</sup>}
        </span>
      ))}
    </td>
  );
};

const Body = ({
  roles,
  permissions,
  conditions,
  personalFields,
}: {
  roles: readonly RoleView[];
  permissions: readonly PermissionView[];
  conditions: ConditionFields;
  personalFields: PersonalFields;
}) =>
  [...Map.groupBy(permissions, ({ resource }) => resource)].map(([resource, group]) => (
    <Fragment key={resource}>
      <tr className={styles.resource}>
        <th scope="colgroup" colSpan={roles.length + 1}>
          {resource}
        </th>
      </tr>
      {group.map(({ permission, title }) => (
        <tr key={permission}>
          <th scope="row" title={permission}>
            {title}
          </th>
          {roles.map((role) => (
            <RoleCell
              key={role.id}
              role={role}
              permission={permission}
              conditions={conditions}
              personalFields={personalFields}
            />
          ))}
        </tr>
      ))}
    </Fragment>
  ));

/** Who may do what, as one readable table. Source: tender R44. */
export const MatrixPage = () => {
  const { data, error, refetch } = useQuery(rolesQuery);
  return (
    <div className={styles.page}>
      <PageHeader
        title="权限矩阵"
        note="行是权限，列是角色；格内是数据范围，“脱”为个人信息脱敏，“另”为有字段单独设置，“承”为继承而来"
      />
      {data && <ListState state={data.state} />}
      {error && <FailurePanel error={error} retry={() => void refetch()} />}
      {data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        <section className={styles.matrixBox} tabIndex={0} aria-label="权限矩阵">
          <table className={styles.matrix}>
            <thead>
              <tr>
                <th>权限</th>
                {data.roles.map(({ id, title }) => (
                  <th key={id}>
                    <Link to="/governance/roles" search={{ role: id }}>
                      {title}
                    </Link>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Body
                roles={data.roles}
                permissions={data.permissions}
                conditions={data.conditions}
                personalFields={data.personal}
              />
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
};
