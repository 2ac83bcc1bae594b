import EditOutlined from '@ant-design/icons/EditOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import { RevealDialog } from '#web-kit/RevealDialog.tsx';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import { practitionerFields, type SealedField, sealedFields } from '../model/practitioner.fields.ts';
import type { PractitionerView } from '../model/practitioner.views.ts';
import styles from './practitioner.module.css';
import { practitionerApi, practitionerQuery } from './practitioner-api.ts';

/** The post is changed by a step of its own. */
const { post: _, ...recordFields } = practitionerFields;

type Revealed = Exclude<SealedField, 'name'>;

const Shown = ({ person, field }: { person: PractitionerView; field: SealedField }) => {
  const [asked, setAsked] = useState(false);
  const [plain, setPlain] = useState<string | null>(null);
  const { title } = practitionerFields[field];
  const open =
    field !== 'name' && plain === null && person.masked.includes(field) && person.abilities.includes('reveal');
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {plain ?? person.values[field] ?? '—'}
        {open && (
          <Button type="link" size="small" onClick={() => setAsked(true)} aria-label={`查看${title}明文`}>
            查看
          </Button>
        )}
      </dd>
      {asked && (
        <RevealDialog
          title={title}
          // Names are never asked for: whoever may reveal sees them.
          reveal={(reason) => practitionerApi.reveal({ id: person.id, field: field as Revealed, reason })}
          shown={(value) => {
            setPlain(value);
            setAsked(false);
          }}
          close={() => setAsked(false)}
        />
      )}
    </div>
  );
};

const RecordForm = ({ person, close }: { person: PractitionerView; close: () => void }) => {
  const initial = { ...person.values, since: person.since };
  const { form, changes, check, refuse } = useRecordForm('person', recordFields, initial);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => practitionerApi.edit({ id: person.id, version: person.version, changes: { ...changes } }),
    onError: (error) => refuse(failureOf(error).problems),
    onSuccess: (after) => {
      client.setQueryData(practitionerQuery(person.id).queryKey, after);
      close();
    },
  });
  const failure = save.error ? failureOf(save.error) : null;
  return (
    <form
      className={matter.section}
      aria-label="修改基本信息"
      onSubmit={(event) => {
        event.preventDefault();
        if (check()) save.mutate();
      }}
    >
      <div className={matter.sectionHead}>
        <h2>修改基本信息</h2>
      </div>
      <div className={matter.sectionBody}>
        {failure && (
          <div className={styles.refused}>
            <Alert type="error" showIcon title={failure.message} />
          </div>
        )}
        <SchemaForm fields={recordFields} form={form} />
        <div className={styles.formEnd}>
          <Button onClick={close}>取消</Button>
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={Object.keys(changes).length === 0}
          >
            保存修改
          </Button>
        </div>
      </div>
    </form>
  );
};

/** Who a person is, to read and to change. */
export const PractitionerRecord = ({ person }: { person: PractitionerView }) => {
  const [editing, setEditing] = useState(false);
  if (editing) return <RecordForm person={person} close={() => setEditing(false)} />;
  return (
    <section className={matter.section} aria-label="基本信息">
      <div className={matter.sectionHead}>
        <h2>基本信息</h2>
        {person.abilities.includes('edit') && (
          <span className={styles.sectionActions}>
            <Button size="small" icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
              修改
            </Button>
          </span>
        )}
      </div>
      <div className={matter.sectionBody}>
        <dl className={styles.values}>
          {sealedFields.map((field) => (
            <Shown key={field} person={person} field={field} />
          ))}
          <div>
            <dt>{practitionerFields.since.title}</dt>
            <dd>{person.since}</dd>
          </div>
        </dl>
      </div>
    </section>
  );
};
