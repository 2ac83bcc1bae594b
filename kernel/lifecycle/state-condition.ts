import type { ConditionField } from '#kernel/access/condition.ts';

/** A role's condition on the state a case rests in. Source: tender R44. */
export const stateCondition = (states: Readonly<Record<string, { readonly title: string }>>): ConditionField => ({
  field: 'state',
  title: '状态',
  values: Object.fromEntries(Object.entries(states).map(([state, { title }]) => [state, title])),
});
