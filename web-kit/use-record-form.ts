import { useState } from 'react';
import type { Problem } from '#kernel/contract/failure.ts';
import { type AnyDraft, type Fields, faultsOf } from '#kernel/fields/field.ts';
import type { FormContext } from './form-field.ts';

/** A form of some fields as it is being filled. */
export interface RecordForm {
  readonly form: FormContext;
  readonly values: AnyDraft;
  /** What was typed differs from what the form began with. */
  readonly changes: AnyDraft;
  /** Shows what is missing or wrong; answers whether all is good. */
  readonly check: () => boolean;
  /** Shows what the server found wrong. */
  readonly refuse: (problems: readonly Problem[]) => void;
}

/** What a form shows of its faults: those the server told until the field changes, else, once left or tried, those of the field itself. */
export const faultShown = (
  fields: Fields,
  name: string,
  values: AnyDraft,
  told: Readonly<Record<string, string>>,
  looked: boolean,
): string | undefined =>
  told[name] ?? (looked ? faultsOf(fields, values).find(({ field }) => field === name)?.message : undefined);

/** Fields that keep what they began with until they are touched: masked values are sent back only where somebody typed another one. */
export const changesOf = (initial: AnyDraft, values: AnyDraft): AnyDraft =>
  Object.fromEntries(
    [...new Set([...Object.keys(initial), ...Object.keys(values)])]
      .filter((name) => (values[name] ?? null) !== (initial[name] ?? null))
      .map((name) => [name, values[name] ?? null]),
  );

/** A form over some fields. `initial` are the values as they are shown. */
export const useRecordForm = (section: string, fields: Fields, initial: AnyDraft): RecordForm => {
  const [values, setValues] = useState<AnyDraft>(initial);
  const [told, setTold] = useState<Readonly<Record<string, string>>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const changes = changesOf(initial, values);
  /** Masked values are not judged: they are no value of the field. */
  const judged: Fields = Object.fromEntries(
    Object.entries(fields).filter(([name]) => Object.hasOwn(changes, name) || initial[name] === undefined),
  );
  const form: FormContext = {
    section,
    values,
    marksOf: (name) => {
      const fault = faultShown(judged, name, values, told, tried || left.has(name));
      return { ...(fault === undefined ? {} : { fault }), changed: Object.hasOwn(changes, name) && name in initial };
    },
    onChange: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setTold(({ [name]: _, ...others }) => others);
    },
    onLeave: (name) => setLeft((before) => new Set([...before, name])),
    onSettle: () => undefined,
    onDrop: () => undefined,
    pictureOf: () => '',
  };
  return {
    form,
    values,
    changes,
    check: () => {
      setTried(true);
      return faultsOf(judged, values).length === 0;
    },
    refuse: (problems) => setTold(Object.fromEntries(problems.map(({ path, message }) => [path, message]))),
  };
};
