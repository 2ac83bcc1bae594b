import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { useRef } from 'react';
import type { AnyDraft, Fields } from '#kernel/fields/field.ts';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import styles from './practitioner.module.css';
import { practitionersKey } from './practitioner-api.ts';

/** Asks for some fields and saves them; a refusal stays in the dialog, beside its field, with what was typed. */
export const FieldsDialog = ({
  title,
  note,
  fields,
  initial = {},
  save,
  close,
}: {
  title: string;
  note?: string | undefined;
  fields: Fields;
  initial?: AnyDraft;
  /** Sends what was typed; `key` stays the same while the dialog is open, so that a repeated click is one entry. */
  save: (values: Record<string, unknown>, key: string) => Promise<unknown>;
  close: () => void;
}) => {
  const key = useRef(newKey());
  const { form, values, check, refuse } = useRecordForm('dialog', fields, initial);
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => save({ ...values }, key.current),
    onError: (error) => refuse(failureOf(error).problems),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: practitionersKey });
      close();
    },
  });
  const failure = saving.error ? failureOf(saving.error) : null;
  const besides = failure?.problems.filter(({ path }) => !Object.hasOwn(fields, path)) ?? [];
  return (
    <Modal
      open
      width={720}
      title={title}
      okText={title}
      cancelText="取消"
      confirmLoading={saving.isPending}
      mask={{ closable: false }}
      onOk={() => {
        if (check()) saving.mutate();
      }}
      onCancel={close}
    >
      {failure && (
        <div className={styles.refused}>
          <Alert
            type="error"
            showIcon
            title={failure.message}
            description={besides.map(({ path, message }) => <div key={path}>{message}</div>)}
          />
        </div>
      )}
      {note && <p className={styles.note}>{note}</p>}
      <SchemaForm fields={fields} form={form} />
    </Modal>
  );
};
