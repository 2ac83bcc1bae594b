import { expect, test } from 'vitest';
import { findPaperForm } from '#practices/paper-reading/model/paper-forms.ts';
import { sections } from './vehicle-case.fields.ts';

const wanted = Object.values(sections).flatMap(({ fields }) =>
  Object.entries(fields).flatMap(([name, { readFrom }]) =>
    (readFrom ?? []).map(({ paper, key }) => ({ name, paper, key })),
  ),
);

test.each(wanted)('R01: $name is read from $paper under $key', ({ paper, key }) => {
  expect(findPaperForm(paper)?.fields.map((field) => field.key)).toContain(key);
});
