import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { PermissionView, RoleView } from '../model/access-change.contract.ts';
import { type ConditionFields, fieldsOf, type PersonalFields, type RoleInput } from '../model/access-change.ts';
import shared from './access.module.css';
import { permissionOptions, viewTitles } from './access-words.ts';
import { FieldViewsEditor } from './FieldViewsEditor.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';
import styles from './role-editor.module.css';
import { ScopeEditor, scopeIsWhole } from './ScopeEditor.tsx';

type GrantInput = RoleInput['grants'][number];

/** An empty role to begin with. */
export const freshRole: RoleInput = {
  id: '',
  title: '',
  description: '',
  group: '',
  level: 'platform',
  parents: [],
  excludes: [],
  grants: [],
};

/** An existing role as its editor begins with it. */
export const editedRole = ({
  id,
  title,
  description,
  group,
  level,
  parents,
  excludes,
  grants,
}: RoleView): RoleInput => ({
  id,
  title,
  description,
  group,
  level,
  parents,
  excludes,
  grants,
});

const Labelled = ({ title, children }: { title: string; children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className={shared.field}>
      <label htmlFor={id}>{title}</label>
      {children(id)}
    </div>
  );
};

const levels = [
  { value: 'platform', label: '平台级' },
  { value: 'organisation', label: '企业级' },
];
const viewChoices = Object.entries(viewTitles).map(([value, label]) => ({ value, label }));

const withoutFields = ({ fields: _fields, ...rest }: GrantInput): GrantInput => rest;
const isConditional = ({ rows }: GrantInput): boolean => typeof rows === 'object' && 'where' in rows;

const GrantLine = ({
  grant,
  permissions,
  conditions,
  personal,
  onChange,
  onDrop,
}: {
  grant: GrantInput;
  permissions: readonly PermissionView[];
  conditions: ConditionFields;
  personal: PersonalFields;
  onChange: (next: GrantInput) => void;
  onDrop: () => void;
}) => (
  <div className={styles.grantLine}>
    <Select
      aria-label="权限"
      showSearch={{ optionFilterProp: 'label' }}
      value={grant.permission || null}
      placeholder="选择权限"
      popupRender={namedMenu('权限')}
      options={permissionOptions(permissions)}
      onChange={(permission: string) => {
        // A condition asks about fields of one kind of thing; about another kind it would say nothing.
        const other = fieldsOf(conditions, permission) !== fieldsOf(conditions, grant.permission);
        onChange({
          ...withoutFields(grant),
          permission,
          rows: other && isConditional(grant) ? 'own-organisation' : grant.rows,
        });
      }}
    />
    <ScopeEditor
      rows={grant.rows}
      fields={fieldsOf(conditions, grant.permission)}
      onChange={(rows) => onChange({ ...grant, rows })}
    />
    <Select
      aria-label="个人信息"
      value={grant.personal}
      popupRender={namedMenu('个人信息')}
      options={viewChoices}
      onChange={(personal: GrantInput['personal']) => onChange({ ...grant, personal })}
    />
    <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label="去掉这一行" onClick={onDrop} />
    <FieldViewsEditor
      views={grant.fields ?? {}}
      titles={personal[grant.permission] ?? {}}
      usual={grant.personal}
      onChange={(fields) => onChange(Object.keys(fields).length === 0 ? withoutFields(grant) : { ...grant, fields })}
    />
  </div>
);

/** Makes or changes a role of the administrators' own, and applies for it. */
export const RoleEditor = ({
  role: given,
  isNew,
  roles,
  permissions,
  conditions,
  personal,
  onClose,
}: {
  role: RoleInput;
  isNew: boolean;
  roles: readonly RoleView[];
  permissions: readonly PermissionView[];
  conditions: ConditionFields;
  personal: PersonalFields;
  onClose: () => void;
}) => {
  const [role, setRole] = useState(given);
  const set = (next: Partial<RoleInput>): void => setRole({ ...role, ...next });
  const setGrant = (at: number, next: GrantInput | null): void =>
    set({ grants: role.grants.flatMap((one, index) => (index === at ? (next ? [next] : []) : [one])) });
  const whole =
    role.id !== '' &&
    role.title !== '' &&
    role.grants.every(({ permission, rows }) => permission !== '' && scopeIsWhole(rows));
  const others = roles.filter(({ id }) => id !== role.id).map(({ id, title }) => ({ value: id, label: title }));
  return (
    <ProposeDialog
      title={isNew ? '申请新建角色' : `申请修改角色“${given.title}”`}
      change={whole ? { kind: 'save-role', role } : null}
      width={860}
      onClose={onClose}
    >
      <div className={styles.twoColumns}>
        <Labelled title="角色名称">
          {(id) => (
            <Input id={id} value={role.title} maxLength={40} onChange={({ target }) => set({ title: target.value })} />
          )}
        </Labelled>
        <Labelled title="角色代码（建立后不变）">
          {(id) => (
            <Input
              id={id}
              value={role.id}
              disabled={!isNew}
              maxLength={59}
              placeholder="例如 district-officer"
              onChange={({ target }) => set({ id: target.value.trim() })}
            />
          )}
        </Labelled>
        <Labelled title="分组">
          {(id) => (
            <Input id={id} value={role.group} maxLength={40} onChange={({ target }) => set({ group: target.value })} />
          )}
        </Labelled>
        <Labelled title="级别">
          {(id) => (
            <Select
              id={id}
              value={role.level}
              options={levels}
              popupRender={namedMenu('级别')}
              onChange={(level: RoleInput['level']) => set({ level })}
            />
          )}
        </Labelled>
        <Labelled title="继承（父角色的权限全部拥有）">
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={role.parents}
              options={others}
              popupRender={namedMenu('继承')}
              onChange={(parents: string[]) => set({ parents })}
            />
          )}
        </Labelled>
        <Labelled title="互斥（不能由同一人同时持有）">
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={role.excludes}
              options={others}
              popupRender={namedMenu('互斥')}
              onChange={(excludes: string[]) => set({ excludes })}
            />
          )}
        </Labelled>
      </div>
      <Labelled title="说明">
        {(id) => (
          <Input
            id={id}
            value={role.description}
            maxLength={200}
            onChange={({ target }) => set({ description: target.value })}
          />
        )}
      </Labelled>
      <fieldset className={styles.grants}>
        <legend>权限、数据范围、个人信息的显示</legend>
        {role.grants.map((grant, index) => (
          <GrantLine
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={index}
            grant={grant}
            permissions={permissions}
            conditions={conditions}
            personal={personal}
            onChange={(next) => setGrant(index, next)}
            onDrop={() => setGrant(index, null)}
          />
        ))}
        <Button
          type="dashed"
          icon={<PlusOutlined aria-hidden />}
          onClick={() =>
            set({ grants: [...role.grants, { permission: '', rows: 'own-organisation', personal: 'masked' }] })
          }
        >
          增加一项权限
        </Button>
      </fieldset>
    </ProposeDialog>
  );
};
