import { expect, it } from 'vitest';
import { describeSource } from '#kernel/source/source.ts';
import { vehicleCodeRules } from './code-rules.ts';

const examples: Record<keyof typeof vehicleCodeRules, string> = {
  vin: 'LTESTA001A0000001',
  plate: '沪A12345',
  engineNumber: 'TEST123456',
  tractionBattery: '0A2PE0100000AB7C10000001',
  ebikePlate: '沪A123456',
  ebikeFrameCode: '115722501000001',
};

it.each(Object.entries(vehicleCodeRules))('%s says where it comes from and refuses in Chinese', (name, rule) => {
  expect(describeSource(rule.source)).toMatch(/\S/);
  expect(rule.check(examples[name as keyof typeof vehicleCodeRules])).toMatchObject({ ok: true, warnings: [] });
  expect(rule.check('#')).toEqual({ ok: false, message: expect.stringMatching(/[\u4e00-\u9fff]/) });
});
