import { Button } from 'antd';
import { useState } from 'react';
import type { Fields } from '#kernel/fields/field.ts';
import matter from '#web-kit/matter.module.css';
import { conductFields } from '../model/conduct.fields.ts';
import { practitionerContract } from '../model/practitioner.contract.ts';
import { certificateFields, practitionerFields, trainingFields } from '../model/practitioner.fields.ts';
import type { PractitionerView } from '../model/practitioner.views.ts';
import { FieldsDialog } from './FieldsDialog.tsx';
import styles from './practitioner.module.css';
import { conductApi, practitionerApi } from './practitioner-api.ts';

/** Something that is done with a person by filling in some fields. */
interface Act {
  readonly key: string;
  readonly title: string;
  readonly ability: PractitionerView['abilities'][number];
  readonly fields: Fields;
  readonly note?: string;
  readonly save: (person: PractitionerView, values: Record<string, unknown>, key: string) => Promise<unknown>;
}

const { post, since } = practitionerFields;

/** The dates and codes are judged by the fields before they are sent, and by the contract again. */
const movedTo = practitionerContract.changePost.input.pick({ post: true, from: true });
const leftOn = practitionerContract.leave.input.pick({ on: true });

const acts: readonly Act[] = [
  {
    key: 'certificate',
    title: '登记证书',
    ability: 'edit',
    fields: certificateFields,
    note: '证书图片在登记后上传。同类证书以有效期最晚的为准。',
    save: ({ id }, values, key) => practitionerApi.addCertificate({ id, key, values }),
  },
  {
    key: 'training',
    title: '登记培训',
    ability: 'edit',
    fields: trainingFields,
    save: ({ id }, values, key) => practitionerApi.addTraining({ id, key, values }),
  },
  {
    key: 'post',
    title: '调整岗位',
    ability: 'edit',
    fields: { post, from: { ...since, title: '新岗位起始日期' } },
    save: ({ id, version }, values) => practitionerApi.changePost({ id, version, ...movedTo.parse(values) }),
  },
  {
    key: 'leave',
    title: '办理离岗',
    ability: 'edit',
    fields: { on: { ...since, title: '离岗日期' } },
    note: '离岗后登记的内容不能再改；再次到岗请重新登记。',
    save: ({ id, version }, values) => practitionerApi.leave({ id, version, ...leftOn.parse(values) }),
  },
  {
    key: 'conduct',
    title: '记录行为',
    ability: 'record',
    fields: conductFields,
    note: '记录由您本人签名，立即通知企业；企业可以提出异议。没有依据的行为不得记录。',
    save: ({ id }, values, key) => conductApi.record({ id, key, values }),
  },
];

/** What this reader may do with the person now. */
export const PractitionerActions = ({ person }: { person: PractitionerView }) => {
  const [asked, setAsked] = useState<Act | null>(null);
  const able = acts.filter(({ ability }) => person.abilities.includes(ability));
  if (able.length === 0) return null;
  return (
    <section className={matter.panel} aria-label="可以办理">
      <div className={matter.panelHead}>
        <h2>可以办理</h2>
      </div>
      <div className={styles.stack}>
        {able.map((act) => (
          <Button key={act.key} block danger={act.key === 'leave'} onClick={() => setAsked(act)}>
            {act.title}
          </Button>
        ))}
      </div>
      {asked && (
        <FieldsDialog
          title={asked.title}
          note={asked.note}
          fields={asked.fields}
          save={(values, key) => asked.save(person, values, key)}
          close={() => setAsked(null)}
        />
      )}
    </section>
  );
};
