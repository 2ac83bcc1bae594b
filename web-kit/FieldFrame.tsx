import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Field } from '#kernel/fields/field.ts';
import { FieldInput } from './FieldInput.tsx';
import { fieldText, sameReading } from './field-text.ts';
import type { FieldMarks, FormContext, Reading } from './form-field.ts';
import { anchorOf } from './jump.ts';
import { ReadingMark } from './ReadingMark.tsx';
import styles from './schema-form.module.css';

const Versions = ({
  field,
  mine,
  theirs,
  by,
  settle,
}: {
  field: Field;
  mine: unknown;
  theirs: unknown;
  by: string;
  settle: (keep: 'mine' | 'theirs') => void;
}) => (
  <div className={styles.conflict} role="alert">
    <p>这一项刚被{by}修改，请选择保留哪一个：</p>
    <div className={styles.versions}>
      <div>
        <span className={styles.whose}>我填写的</span>
        <strong>{fieldText(field, mine)}</strong>
        <Button size="small" onClick={() => settle('mine')}>
          保留我的
        </Button>
      </div>
      <div>
        <span className={styles.whose}>{by}已保存的</span>
        <strong>{fieldText(field, theirs)}</strong>
        <Button size="small" onClick={() => settle('theirs')}>
          采用对方的
        </Button>
      </div>
    </div>
  </div>
);

const Suggestion = ({ field, value, use }: { field: Field; value: string; use: () => void }) => (
  <span className={styles.suggestion}>
    识别为“{fieldText(field, value)}”
    <button type="button" className={styles.use} onClick={use}>
      采用
    </button>
  </span>
);

const Refused = ({ message, drop }: { message: string | undefined; drop: () => void }) => (
  <span className={styles.fault}>
    没有保存：{message}
    <button type="button" className={styles.use} onClick={drop}>
      恢复原值
    </button>
  </span>
);

const noteOf = (field: Field, name: string, marks: FieldMarks, form: FormContext): ReactNode => {
  const { reading, fault, warning, unsaved } = marks;
  const value = form.values[name];
  if (unsaved?.state === 'refused') return <Refused message={unsaved.message} drop={() => form.onDrop(name)} />;
  const word = fault ? (
    <span className={styles.fault}>{fault}</span>
  ) : (
    warning && <span className={styles.warning}>{warning}</span>
  );
  if (reading && differs(reading, value)) {
    return (
      <>
        {word}
        <Suggestion field={field} value={reading.value} use={() => form.onChange(name, reading.value)} />
      </>
    );
  }
  return word || (field.hint ? <span>{field.hint}</span> : null);
};

const differs = (reading: Reading, value: unknown): boolean => !sameReading(reading.value, value);

const wide = (field: Field): boolean => field.kind === 'list' || field.kind === 'long-text';

/** One field of a form: label above, the input, and under it what to know: a fault or a doubt, with what was read where that is something else; a hint where there is nothing to say. */
export const FieldFrame = ({
  name,
  field,
  form,
  input,
}: {
  name: string;
  field: Field;
  form: FormContext;
  input?: typeof FieldInput | undefined;
}) => {
  const marks = form.marksOf(name);
  const value = form.values[name];
  const path = `${form.section}.${name}`;
  const id = `in-${path}`;
  const { reading, unsaved } = marks;
  const invalid = marks.fault !== undefined || unsaved?.state === 'refused' || unsaved?.state === 'conflict';
  const Input = input ?? FieldInput;
  return (
    <div
      className={`${styles.field} ${wide(field) ? styles.wide : ''}`}
      id={anchorOf(path)}
      data-unsaved={unsaved?.state}
    >
      <div className={styles.top}>
        <label id={`${id}-label`} htmlFor={id}>
          {field.title}
          {field.optional && <span className={styles.optional}>选填</span>}
        </label>
        {marks.changed && <span className={styles.changed}>已改</span>}
        {reading && (
          <ReadingMark
            reading={reading}
            differs={differs(reading, value)}
            title={field.title}
            address={form.pictureOf(reading.photoId)}
          />
        )}
      </div>
      <Input
        id={id}
        field={field}
        value={value}
        invalid={invalid}
        describedBy={`${id}-note`}
        labelledBy={`${id}-label`}
        onChange={(next) => form.onChange(name, next)}
        onLeave={() => form.onLeave(name)}
      />
      <div className={styles.note} id={`${id}-note`}>
        {noteOf(field, name, marks, form)}
      </div>
      {unsaved?.state === 'conflict' && (
        <Versions
          field={field}
          mine={value}
          theirs={unsaved.theirs}
          by={unsaved.by ?? '他人'}
          settle={(keep) => form.onSettle(name, keep)}
        />
      )}
    </div>
  );
};
