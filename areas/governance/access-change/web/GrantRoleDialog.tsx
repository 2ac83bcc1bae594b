import { Select } from 'antd';
import { useState } from 'react';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { RoleView } from '../model/access-change.contract.ts';
import styles from './access.module.css';
import { PersonSelect } from './PersonSelect.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';

/** Applies for a role for a person. */
export const GrantRoleDialog = ({
  roles,
  roleId: given,
  onClose,
}: {
  roles: readonly RoleView[];
  roleId?: string | undefined;
  onClose: () => void;
}) => {
  const [subjectId, setSubjectId] = useState<string>();
  const [roleId, setRoleId] = useState(given);
  return (
    <ProposeDialog
      title="申请授予角色"
      change={subjectId && roleId ? { kind: 'hold', subjectId, roleId } : null}
      onClose={onClose}
    >
      <div className={styles.field}>
        <span>人员</span>
        <PersonSelect label="人员" value={subjectId} onChange={setSubjectId} />
      </div>
      <div className={styles.field}>
        <span>角色</span>
        <Select
          aria-label="角色"
          style={{ width: '100%' }}
          value={roleId}
          onChange={setRoleId}
          popupRender={namedMenu('角色')}
          options={roles.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </div>
    </ProposeDialog>
  );
};
