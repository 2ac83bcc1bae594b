import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { PersonView } from '../model/person.view.ts';
import styles from './person.module.css';
import { peopleKey, personApi } from './person-api.ts';

const Editor = ({ person }: { person: PersonView }) => {
  const was = person.grantable.filter(({ held }) => held).map(({ id }) => id);
  const [roles, setRoles] = useState<readonly string[]>(was);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => personApi.setRoles({ personId: person.id, was, roles: [...roles] }),
    onSettled: () => client.invalidateQueries({ queryKey: peopleKey }),
  });
  const same = roles.length === was.length && roles.every((role) => was.includes(role));
  const toggle = (id: string, on: boolean): void =>
    setRoles((before) => (on ? [...before, id] : before.filter((role) => role !== id)));
  return (
    <>
      {save.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(save.error).message} />
        </div>
      )}
      <div className={styles.roles}>
        {person.grantable.map(({ id, title }) => (
          <Checkbox key={id} checked={roles.includes(id)} onChange={({ target }) => toggle(id, target.checked)}>
            {title}
          </Checkbox>
        ))}
      </div>
      <div className={styles.formEnd}>
        <span className={styles.note}>保存后几秒内生效，已登录的人不必重新登录</span>
        <Button type="primary" disabled={same} loading={save.isPending} onClick={() => save.mutate()}>
          保存角色
        </Button>
      </div>
    </>
  );
};

/** The roles a person holds; those that fit an enterprise are given and taken here by its administrator. */
export const PersonRoles = ({ person }: { person: PersonView }) => {
  const others = person.roles.filter(({ id }) => !person.grantable.some((one) => one.id === id));
  const editable = person.grantable.length > 0;
  return (
    <section className={styles.sheet} aria-label="角色">
      <h2 className={styles.sheetTitle}>角色</h2>
      {!editable && person.roles.length === 0 && <p>还没有角色，登录后没有可办的事项</p>}
      {others.length > 0 && <p>{others.map(({ title }) => title).join('、')}</p>}
      {editable ? (
        <Editor person={person} />
      ) : (
        <p className={styles.note}>平台角色由安全管理员申请，另一人批准后授予</p>
      )}
    </section>
  );
};
