import type { Fields } from '#kernel/fields/field.ts';
import { overlaid, pathOf } from '#web-kit/autosave-queue.ts';
import { fieldMarksOf } from '#web-kit/field-marks.ts';
import { fieldText } from '#web-kit/field-text.ts';
import type { FormContext } from '#web-kit/form-field.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { SaveState } from '#web-kit/SaveState.tsx';
import { SchemaForm, SchemaRead } from '#web-kit/SchemaForm.tsx';
import { applicationFields } from '../../model/withdrawal.fields.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import { useOpenWithdrawal } from './withdrawal-context.tsx';

const section = 'application';

/** The fields with the enterprises to choose from, which no catalogue can know. */
const fieldsWith = ({ enterprises }: WithdrawalView): Fields => ({
  ...applicationFields,
  successorId: {
    ...applicationFields.successorId,
    choices: Object.fromEntries(enterprises.map(({ id, name }) => [id, name])),
  },
});

const Form = ({ fields }: { fields: Fields }) => {
  const { view, save, saver, opened, left, leave, tried, steps, papers } = useOpenWithdrawal();
  const { values: kept, faults } = view.application;
  const values = overlaid(kept, save.queue, section);
  const form: FormContext = {
    section,
    values,
    marksOf: fieldMarksOf({
      section: { id: section, faults, warnings: [] },
      fields,
      values,
      queue: save.queue,
      opened,
      left,
      tried,
      problems: steps.trouble?.failure.problems ?? [],
    }),
    onChange: (field, value) => saver.type({ section, field, base: kept[field] }, value),
    onLeave: (field) => leave(pathOf(section, field)),
    onSettle: (field, keep) => saver.settle(pathOf(section, field), keep),
    onDrop: (field) => saver.drop(pathOf(section, field)),
    pictureOf: papers.address,
  };
  return <SchemaForm fields={fields} form={form} />;
};

/** What is asked for and why: a form while it is being filled in, else to read. Source: tender R08. */
export const Application = () => {
  const { view, save } = useOpenWithdrawal();
  const { editable, values } = view.application;
  const fields = fieldsWith(view);
  return (
    <section className={matter.section} id={anchorOf(section)} aria-labelledby="title-application">
      <div className={matter.sectionHead}>
        <h2 id="title-application">撤销事项与原因</h2>
        {editable && (
          <span className={matter.saveState}>
            <SaveState status={save.status} savedAt={save.savedAt} mirrored={save.mirrored} />
          </span>
        )}
      </div>
      <div className={matter.sectionBody}>
        {editable ? <Form fields={fields} /> : <SchemaRead fields={fields} section={section} values={values} />}
      </div>
    </section>
  );
};

/** What was typed into an application that can no longer be changed: kept in sight until the person has taken note of it. */
export const StrandedTyping = () => {
  const { view, save, saver } = useOpenWithdrawal();
  const stranded = Object.values(save.queue).filter(({ state }) => state !== 'sending');
  if (view.application.editable || stranded.length === 0) return null;
  const fields = fieldsWith(view);
  return (
    <div className={`${matter.banner} ${matter.danger}`} role="alert">
      <strong>以下填写内容没有保存，因为申请现在不能修改：</strong>
      <ul>
        {stranded.map(({ field, now }) => {
          const known = fields[field];
          return (
            <li key={field}>
              {known?.title ?? field}：{known ? fieldText(known, now) : String(now)}
              <button type="button" className={matter.jump} onClick={() => saver.drop(pathOf(section, field))}>
                不要了
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
