import EditOutlined from '@ant-design/icons/EditOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Field } from '#kernel/fields/field.ts';
import { failureOf } from '#web-kit/api.ts';
import { fieldText } from '#web-kit/field-text.ts';
import { RevealDialog } from '#web-kit/RevealDialog.tsx';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import { personFields, type SealedField, sealedFields } from '../model/person.fields.ts';
import type { PersonView } from '../model/person.view.ts';
import styles from './person.module.css';
import { personApi, personQuery } from './person-api.ts';

/** The validity is set beside the other things done with an account. */
const { validUntil: _, ...recordFields } = personFields;

const isSealed = (name: string): name is SealedField => sealedFields.some((field) => field === name);

const RecordRead = ({ person, edit }: { person: PersonView; edit: () => void }) => {
  const [asked, setAsked] = useState<SealedField | null>(null);
  const [plain, setPlain] = useState<Readonly<Partial<Record<SealedField, string>>>>({});
  const shown = (name: string): string =>
    (isSealed(name) ? plain[name] : undefined) ??
    fieldText((recordFields as Readonly<Record<string, Field>>)[name] as Field, person.values[name]);
  const closed = (name: string): name is SealedField =>
    isSealed(name) && person.abilities.includes('reveal') && person.sealed.includes(name) && plain[name] === undefined;
  return (
    <section className={styles.sheet} aria-label="基本信息">
      <h2 className={styles.sheetTitle}>
        基本信息
        {person.abilities.includes('edit') && (
          <Button size="small" icon={<EditOutlined aria-hidden />} onClick={edit}>
            修改
          </Button>
        )}
      </h2>
      <dl className={styles.values}>
        {Object.entries(recordFields).map(([name, { title }]) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>
              {shown(name)}
              {closed(name) && (
                <Button type="link" size="small" onClick={() => setAsked(name)} aria-label={`查看${title}明文`}>
                  查看
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {asked && (
        <RevealDialog
          title={personFields[asked].title}
          reveal={(reason) => personApi.reveal({ personId: person.id, field: asked, reason })}
          shown={(value) => {
            setPlain((before) => ({ ...before, [asked]: value }));
            setAsked(null);
          }}
          close={() => setAsked(null)}
        />
      )}
    </section>
  );
};

const RecordForm = ({ person, close }: { person: PersonView; close: () => void }) => {
  const { validUntil: __, ...initial } = person.values;
  const { form, changes, check, refuse } = useRecordForm('person', recordFields, initial);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => personApi.edit({ personId: person.id, version: person.version, changes: { ...changes } }),
    onError: async (error) => {
      const failure = failureOf(error);
      refuse(failure.problems);
    },
    onSuccess: (after) => {
      client.setQueryData(personQuery(person.id).queryKey, after);
      close();
    },
  });
  const failure = save.error ? failureOf(save.error) : null;
  const nothing = Object.keys(changes).length === 0;
  return (
    <form
      className={styles.sheet}
      aria-label="修改基本信息"
      onSubmit={(event) => {
        event.preventDefault();
        if (check()) save.mutate();
      }}
    >
      <h2 className={styles.sheetTitle}>修改基本信息</h2>
      {failure && (
        <div className={styles.refused}>
          <Alert
            type="error"
            showIcon
            title={failure.code === 'CHANGED' ? '这个人的信息刚被他人改过，您的修改没有保存' : failure.message}
            action={
              failure.code === 'CHANGED' && (
                <Button size="small" onClick={() => void client.invalidateQueries(personQuery(person.id))}>
                  取回最新内容
                </Button>
              )
            }
          />
        </div>
      )}
      <SchemaForm fields={recordFields} form={form} />
      <div className={styles.formEnd}>
        <span className={styles.note}>带 * 的是遮蔽后的内容，不改动就保持原值</span>
        <Button onClick={close}>取消</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={nothing}>
          保存修改
        </Button>
      </div>
    </form>
  );
};

/** What is kept of a person, to read and to change. */
export const PersonRecord = ({ person }: { person: PersonView }) => {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <RecordForm person={person} close={() => setEditing(false)} />
  ) : (
    <RecordRead person={person} edit={() => setEditing(true)} />
  );
};
