import { type ReactNode, useId } from 'react';
import type { Field } from '#kernel/fields/field.ts';
import { formatMoment } from '#web-kit/format.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import styles from './form.module.css';
import type { TextTrouble } from './yard-shelf.ts';

/** Shanghai's wall clock, as the phone's time picker wants it. */
const wallClock = (value: unknown): string => (typeof value === 'string' ? formatMoment(value).replace(' ', 'T') : '');

const instantOf = (wall: string): string | null => (wall === '' ? null : new Date(`${wall}:00+08:00`).toISOString());

interface InputProps {
  readonly id: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const TimeInput = ({ id, value, onChange }: InputProps) => (
  <span className={styles.withButton}>
    <input
      id={id}
      type="datetime-local"
      value={wallClock(value)}
      onChange={(event) => onChange(instantOf(event.target.value))}
    />
    <button type="button" className={styles.now} onClick={() => onChange(new Date().toISOString())}>
      现在
    </button>
  </span>
);

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const inputs: Partial<Record<Field['kind'], (props: InputProps) => ReactNode>> = {
  time: TimeInput,
  date: ({ id, value, onChange }) => (
    <input id={id} type="date" value={text(value)} onChange={(event) => onChange(event.target.value || null)} />
  ),
  number: ({ id, value, onChange }) => (
    <input
      id={id}
      inputMode="numeric"
      value={text(value)}
      onChange={(event) =>
        onChange(/^\d+$/.test(event.target.value) ? Number(event.target.value) : event.target.value || null)
      }
    />
  ),
  'long-text': ({ id, value, onChange }) => (
    <textarea id={id} rows={3} value={text(value)} onChange={(event) => onChange(event.target.value || null)} />
  ),
  switch: ({ id, value, onChange }) => (
    <span className={styles.switch}>
      <input id={id} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />是
    </span>
  ),
};

const plainInput = ({ id, value, onChange }: InputProps): ReactNode => (
  <input id={id} value={text(value)} onChange={(event) => onChange(event.target.value || null)} />
);

/** What the server said of a field, and the choice where somebody else was quicker. */
export const Trouble = ({
  trouble,
  onChoose,
}: {
  readonly trouble: TextTrouble | undefined;
  readonly onChoose: (own: boolean) => void;
}) => {
  if (!trouble) return null;
  const { instead, message } = trouble;
  return (
    <Told tone="danger" alert>
      <p>{message}</p>
      {instead && <p>现在的内容：{typeof instead.value === 'object' ? '见案卷' : text(instead.value)}</p>}
      <div className={styles.pair}>
        {instead && <PhoneButton onPress={() => onChoose(true)}>用我填的</PhoneButton>}
        <PhoneButton onPress={() => onChoose(false)}>{instead ? '用现在的' : '放弃我填的'}</PhoneButton>
      </div>
    </Told>
  );
};

/** One datum of the section, as large as a thumb. */
export const FieldRow = ({
  field,
  value,
  fault,
  trouble,
  onChange,
  onChoose,
}: {
  readonly field: Field;
  readonly value: unknown;
  readonly fault: string | undefined;
  readonly trouble: TextTrouble | undefined;
  readonly onChange: (value: unknown) => void;
  readonly onChoose: (own: boolean) => void;
}) => {
  const id = useId();
  const Input = inputs[field.kind] ?? plainInput;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {field.title}
        {field.unit && <small>（{field.unit}）</small>}
        {field.optional && <small> 可不填</small>}
      </label>
      {field.hint && <p className={styles.hint}>{field.hint}</p>}
      <Input id={id} field={field} value={value} onChange={onChange} />
      {fault && !trouble && <p className={styles.fault}>{fault}</p>}
      <Trouble trouble={trouble} onChoose={onChoose} />
    </div>
  );
};
