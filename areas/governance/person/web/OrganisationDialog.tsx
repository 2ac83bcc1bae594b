import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import type { OrganisationView } from '../model/organisation.contract.ts';
import { organisationFields } from '../model/organisation.fields.ts';
import styles from './person.module.css';
import { organisationApi, peopleKey } from './person-api.ts';

const seenOf = (one: OrganisationView | null) =>
  one === null ? {} : { name: one.name, creditCode: one.creditCode, districtCode: one.districtCode, kind: one.kind };

/** Registers an organisation, or corrects one. */
export const OrganisationDialog = ({ one, close }: { one: OrganisationView | null; close: () => void }) => {
  const was = seenOf(one);
  const form = useRecordForm('organisation', organisationFields, was);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      one === null
        ? organisationApi.register({ values: { ...form.values } })
        : organisationApi.correct({ organisationId: one.id, was, changes: { ...form.changes } }),
    onError: (error) => form.refuse(failureOf(error).problems),
    onSuccess: close,
    onSettled: () => client.invalidateQueries({ queryKey: peopleKey }),
  });
  return (
    <Modal
      open
      width={720}
      title={one === null ? '登记单位' : '更正单位信息'}
      okText={one === null ? '登记' : '保存更正'}
      cancelText="再想想"
      okButtonProps={{ loading: save.isPending, disabled: one !== null && Object.keys(form.changes).length === 0 }}
      onOk={() => form.check() && save.mutate()}
      onCancel={close}
    >
      {save.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(save.error).message} />
        </div>
      )}
      <SchemaForm fields={organisationFields} form={form.form} />
    </Modal>
  );
};
