import { expect, it } from 'vitest';
import { describeSource } from '#kernel/source/source.ts';
import { identityCodeRules } from './code-rules.ts';

const examples: Record<keyof typeof identityCodeRules, string> = {
  identityNumber: '11010519491231002X',
  socialCreditCode: '91310115MADEMA0198',
  mobile: '13800000000',
  landline: '021-12345678',
  contactPhone: '13800000000',
  personName: '张三',
  debitCard: '6225880000000001',
};

it.each(Object.entries(identityCodeRules))('%s says where it comes from and refuses in Chinese', (name, rule) => {
  expect(describeSource(rule.source)).toMatch(/\S/);
  expect(rule.check(examples[name as keyof typeof identityCodeRules])).toMatchObject({ ok: true });
  expect(rule.check('#')).toEqual({ ok: false, message: expect.stringMatching(/[\u4e00-\u9fff]/) });
});
