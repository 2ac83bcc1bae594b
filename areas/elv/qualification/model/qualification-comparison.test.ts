import { expect, test } from 'vitest';
import { compareEntry, needsLook } from '#practices/registry/model/entry-comparison.ts';
import { qualificationRegistry } from './qualification.profile.ts';

test('R12: of a change only what was changed is lit, not what is asked for this time', () => {
  const standing = {
    application: { kind: 'first', statement: '首次申请' },
    capacity: { yearlyCapacity: 60_000, siteArea: 32_000 },
  };
  const lines = compareEntry({
    profile: qualificationRegistry,
    organisation: { name: '演示拆解有限公司', creditCode: '91310115MADEMA0198' },
    filed: {
      ...standing,
      application: { kind: 'change', statement: '新增拆解线' },
      capacity: { yearlyCapacity: 80_000, siteArea: 32_000 },
    },
    standing,
    register: null,
    view: () => 'plain',
  });
  expect(lines.filter(needsLook).map(({ path }) => path)).toEqual(['capacity.yearlyCapacity']);
  expect(lines.some(({ path }) => path.startsWith('application.'))).toBe(false);
});
