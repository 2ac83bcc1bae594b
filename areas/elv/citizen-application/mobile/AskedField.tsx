import { useEffect, useId, useState } from 'react';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import styles from './citizen.module.css';
import { useChosen } from './use-chosen.ts';

type Asked = OwnApplicationView['fields'][number];

/** One thing that is asked, as large as a thumb; saved when it is left. */
export const AskedField = ({
  field,
  onSave,
}: {
  readonly field: Asked;
  readonly onSave: (value: string | boolean | null) => Promise<unknown>;
}) => {
  const id = useId();
  const kept = typeof field.value === 'string' ? field.value : '';
  const [chosen, choose] = useChosen(field.value);
  const [typed, setTyped] = useState(kept);
  // What was read off a paper meanwhile, or put in order by the server, is shown.
  useEffect(() => setTyped(kept), [kept]);
  const leave = (): void => {
    if (typed !== kept) void onSave(typed === '' ? null : typed);
  };
  const described = field.fault === null ? {} : { 'aria-describedby': `${id}-fault`, 'aria-invalid': true };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {field.title}
        {field.optional && <small> 可不填</small>}
      </label>
      {field.hint !== null && <p className={styles.hint}>{field.hint}</p>}
      {field.kind === 'switch' ? (
        <span className={styles.switch}>
          <input
            id={id}
            type="checkbox"
            checked={chosen === true}
            onChange={({ target: { checked } }) => choose(checked, () => onSave(checked))}
          />
          是
        </span>
      ) : field.kind === 'choice' ? (
        <select
          id={id}
          value={typeof chosen === 'string' ? chosen : ''}
          onChange={({ target: { value } }) => choose(value, () => onSave(value || null))}
          {...described}
        >
          <option value="">请选择</option>
          {field.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : field.kind === 'long-text' ? (
        <textarea
          id={id}
          rows={2}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          {...described}
        />
      ) : (
        <input id={id} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={leave} {...described} />
      )}
      {field.fault !== null && (
        <p id={`${id}-fault`} className={styles.fault}>
          {field.fault}
        </p>
      )}
    </div>
  );
};
