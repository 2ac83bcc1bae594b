import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { PermissionView, RoleView } from '../model/access-change.contract.ts';
import type { ConditionFields, PersonalFields } from '../model/access-change.ts';
import styles from './access.module.css';
import { rolesQuery } from './access-api.ts';
import { GrantRoleDialog } from './GrantRoleDialog.tsx';
import { ListState } from './ListState.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';
import { RoleDetail } from './RoleDetail.tsx';
import { editedRole, freshRole, RoleEditor } from './RoleEditor.tsx';
import { rolesRoute } from './routes.tsx';

const RoleList = ({ roles, chosen }: { roles: readonly RoleView[]; chosen: string | undefined }) => (
  <nav className={styles.roleList} aria-label="角色">
    {[...Map.groupBy(roles, ({ group, level }) => group || (level === 'platform' ? '平台级角色' : '企业级角色'))].map(
      ([group, members]) => (
        <section key={group}>
          <h2>{group}</h2>
          {members.map(({ id, title, holders, shipped }) => (
            <Link
              key={id}
              to="/governance/roles"
              search={{ role: id }}
              className={styles.roleEntry}
              data-chosen={id === chosen}
            >
              <span>{title}</span>
              <span className={styles.second}>
                {shipped ? '' : '自定义 · '}
                {formatNumber(holders)} 人
              </span>
            </Link>
          ))}
        </section>
      ),
    )}
  </nav>
);

type Open = 'new' | 'heir' | 'edit' | 'grant' | 'drop' | null;

const dialogFor = (
  open: Open,
  role: RoleView | undefined,
  {
    roles,
    permissions,
    conditions,
    personal,
  }: {
    roles: readonly RoleView[];
    permissions: readonly PermissionView[];
    conditions: ConditionFields;
    personal: PersonalFields;
  },
  close: () => void,
): ReactNode => {
  const editor = (given: Parameters<typeof RoleEditor>[0]['role'], isNew: boolean) => (
    <RoleEditor
      role={given}
      isNew={isNew}
      roles={roles}
      permissions={permissions}
      conditions={conditions}
      personal={personal}
      onClose={close}
    />
  );
  if (open === 'new') return editor(freshRole, true);
  if (open === 'grant') return <GrantRoleDialog roles={roles} roleId={role?.id} onClose={close} />;
  if (!role) return null;
  if (open === 'heir') return editor({ ...freshRole, level: role.level, group: role.group, parents: [role.id] }, true);
  if (open === 'edit') return editor(editedRole(role), false);
  if (open === 'drop')
    return (
      <ProposeDialog
        title={`申请删除角色“${role.title}”`}
        change={{ kind: 'drop-role', roleId: role.id }}
        onClose={close}
      />
    );
  return null;
};

/** Roles: what each may do, from where it has it, and who holds it. Source: tender R43, R44. */
export const RolesPage = () => {
  const proposes = may(useSession(), 'governance.access-change:propose');
  const { role: wanted } = rolesRoute.useSearch();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [open, setOpen] = useState<Open>(null);
  const role = data?.roles.find(({ id }) => id === wanted) ?? data?.roles[0];
  return (
    <div className={styles.page}>
      <PageHeader
        title="角色"
        note={data && `${data.roles.length} 个角色，${data.permissions.length} 项权限`}
        actions={
          proposes && (
            <>
              <Button onClick={() => setOpen('new')}>新建角色</Button>
              <Button type="primary" onClick={() => setOpen('grant')}>
                授予角色
              </Button>
            </>
          )
        }
      />
      {data && <ListState state={data.state} />}
      {error && <FailurePanel error={error} retry={() => void refetch()} />}
      {data && (
        <div className={styles.split}>
          <RoleList roles={data.roles} chosen={role?.id} />
          {role ? (
            <RoleDetail
              key={role.id}
              role={role}
              roles={data.roles}
              permissions={data.permissions}
              conditions={data.conditions}
              personal={data.personal}
              actions={
                proposes && (
                  <>
                    <Button onClick={() => setOpen('heir')}>以此为父新建</Button>
                    {!role.shipped && <Button onClick={() => setOpen('edit')}>修改</Button>}
                    {!role.shipped && (
                      <Button danger onClick={() => setOpen('drop')}>
                        删除
                      </Button>
                    )}
                  </>
                )
              }
            />
          ) : (
            <EmptyState title="还没有角色">权限清单尚未写入，或与签名不符。</EmptyState>
          )}
        </div>
      )}
      {data && dialogFor(open, role, data, () => setOpen(null))}
    </div>
  );
};
