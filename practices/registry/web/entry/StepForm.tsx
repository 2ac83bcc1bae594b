import { useState } from 'react';
import { type AnyDraft, type Fields, faultsOf } from '#kernel/fields/field.ts';
import type { FormContext } from '#web-kit/form-field.ts';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useOpenEntry } from './entry-context.tsx';

/** Whether the person has tried to confirm the form of a step, so that what is missing is shown; asked anew for every step. */
export const useFormTried = (
  fields: Fields | undefined,
  action: string | undefined,
  draft: AnyDraft,
): { readonly tried: boolean; readonly whole: () => boolean } => {
  const [triedAction, setTried] = useState<string | null>(null);
  return {
    tried: triedAction !== null && triedAction === action,
    whole: () => {
      setTried(action ?? null);
      return faultsOf(fields ?? {}, draft).length === 0;
    },
  };
};

/** What a step asks for, drawn from its fields; what is typed stays until the step is done. */
export const StepForm = ({ fields, tried }: { fields: Fields; tried: boolean }) => {
  const { steps } = useOpenEntry();
  const faults = faultsOf(fields, steps.draft);
  const problems = steps.trouble?.failure.problems ?? [];
  const form: FormContext = {
    section: 'input',
    values: steps.draft,
    marksOf: (name) => {
      const own = tried ? faults.find(({ field }) => field === name)?.message : undefined;
      return { fault: own ?? problems.find(({ path }) => path === `input.${name}`)?.message };
    },
    onChange: (name, value) => steps.setDraft({ ...steps.draft, [name]: value ?? undefined }),
    onLeave: () => undefined,
    onSettle: () => undefined,
    onDrop: () => undefined,
    pictureOf: () => '',
  };
  return <SchemaForm fields={fields} form={form} />;
};
