import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import type { PractitionerView } from '../model/practitioner.views.ts';
import styles from './practitioner.module.css';
import { practitionerApi, practitionersKey } from './practitioner-api.ts';

/** The trainings of a person, the newest first. */
export const Trainings = ({ person }: { person: PractitionerView }) => {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (trainingId: string) => practitionerApi.removeTraining({ id: person.id, trainingId }),
    onSuccess: () => client.invalidateQueries({ queryKey: practitionersKey }),
  });
  const editable = person.abilities.includes('edit');
  return (
    <section className={matter.section} aria-label="培训">
      <div className={matter.sectionHead}>
        <h2>培训</h2>
      </div>
      <div className={matter.sectionBody}>
        {remove.error && <Alert type="error" showIcon title={failureOf(remove.error).message} />}
        {person.trainings.length === 0 ? (
          <p className={matter.quiet}>还没有登记培训。</p>
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                {['培训日期', '培训内容', '学时', '考核结果', ...(editable ? ['办理'] : [])].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {person.trainings.map(({ id, title, hours, heldOn, resultTitle }) => (
                <tr key={id}>
                  <td>{heldOn}</td>
                  <td>{title}</td>
                  <td>{hours}</td>
                  <td>{resultTitle}</td>
                  {editable && (
                    <td>
                      <Popconfirm
                        title="作废这次培训的登记？"
                        okText="作废"
                        cancelText="再想想"
                        onConfirm={() => remove.mutate(id)}
                      >
                        <Button type="link" size="small" danger aria-label={`作废培训${title}`}>
                          作废
                        </Button>
                      </Popconfirm>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
};
