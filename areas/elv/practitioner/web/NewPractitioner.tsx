import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import { practitionerFields } from '../model/practitioner.fields.ts';
import styles from './practitioner.module.css';
import { placeOf, practitionerApi, practitionersKey } from './practitioner-api.ts';

/** Entering one person of the signed-in person's enterprise. Source: tender T2.10. */
export const NewPractitioner = () => {
  const { form, values, check, refuse } = useRecordForm('person', practitionerFields, {});
  const navigate = useNavigate();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => practitionerApi.create({ values: { ...values } }),
    onError: (error) => refuse(failureOf(error).problems),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: practitionersKey });
      void navigate({ ...placeOf(id), replace: true });
    },
  });
  return (
    <div className={matter.page}>
      <PageHeader title="登记从业人员" />
      <form
        className={matter.panel}
        style={{ maxWidth: 960 }}
        aria-label="登记从业人员"
        onSubmit={(event) => {
          event.preventDefault();
          if (check()) save.mutate();
        }}
      >
        {save.error && (
          <div className={styles.refused}>
            <Alert type="error" showIcon title={failureOf(save.error).message} />
          </div>
        )}
        <SchemaForm fields={practitionerFields} form={form} />
        <div className={styles.formEnd}>
          <span className={styles.note} style={{ marginRight: 'auto' }}>
            姓名、身份证号码和电话加密保存；登记前请告知本人用于行业人员档案管理
          </span>
          <Button onClick={() => void navigate({ to: '/elv/practitioners' })}>取消</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            登记人员
          </Button>
        </div>
      </form>
    </div>
  );
};
