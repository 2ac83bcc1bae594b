import type { ReactNode } from 'react';
import type { Fields } from '#kernel/fields/field.ts';
import { isShown } from '#kernel/fields/field.ts';
import { FieldFrame } from './FieldFrame.tsx';
import type { FieldInput } from './FieldInput.tsx';
import { fieldText } from './field-text.ts';
import type { FormContext } from './form-field.ts';
import { anchorOf } from './jump.ts';
import styles from './schema-form.module.css';

/** Inputs of a page's own, by field name, for what the catalogue's kinds do not cover. */
export type OwnInputs = Readonly<Record<string, typeof FieldInput>>;

/** A form drawn from the field catalogue: two columns, labels above, only what applies. */
export const SchemaForm = ({ fields, form, own = {} }: { fields: Fields; form: FormContext; own?: OwnInputs }) => (
  <div className={styles.form}>
    {Object.entries(fields)
      .filter(([, field]) => isShown(field, form.values))
      .map(([name, field]) => (
        <FieldFrame key={name} name={name} field={field} form={form} input={own[name]} />
      ))}
  </div>
);

/** How a page draws values of its own kind; undefined leaves it to the catalogue. */
export type OwnText = (name: string, value: unknown) => ReactNode | undefined;

/** The same fields to read, a dash where nothing is filled, a doubt under its value. */
export const SchemaRead = ({
  fields,
  section,
  values,
  own,
  warningOf,
}: {
  fields: Fields;
  section: string;
  values: FormContext['values'];
  own?: OwnText;
  warningOf?: (name: string) => string | undefined;
}) => (
  <dl className={styles.read}>
    {Object.entries(fields)
      .filter(([, field]) => isShown(field, values))
      .map(([name, field]) => (
        <div
          key={name}
          id={anchorOf(`${section}.${name}`)}
          className={field.kind === 'list' || field.kind === 'long-text' ? styles.wide : ''}
        >
          <dt>{field.title}</dt>
          <dd className={field.kind === 'code' ? styles.code : ''}>
            {own?.(name, values[name]) ?? fieldText(field, values[name])}
          </dd>
          {warningOf?.(name) && <dd className={styles.doubt}>{warningOf(name)}</dd>}
        </div>
      ))}
  </dl>
);
