import { expect, test } from 'vitest';
import { chineseFonts } from './chinese-fonts.ts';

test('R06: the faces are opened once and shared by every document after', async () => {
  const [first, second] = await Promise.all([chineseFonts(), chineseFonts()]);

  expect(second).toBe(first);
  expect([first.regular.postscriptName, first.bold.postscriptName]).toEqual(['NotoSansSC-Regular', 'NotoSansSC-Bold']);
});

test('R06: the faces have the rare characters of the common names, and say which they have not', async () => {
  const { covers } = await chineseFonts();
  const covered = (text: string): string => [...text].filter((one) => covers(one.codePointAt(0) ?? 0)).join('');

  expect(covered('㛃䶮㐱䲠堃赟喆彧燊犇囍龘镕昇①⑥·—〓')).toBe('㛃䶮㐱䲠堃赟喆彧燊犇囍龘镕昇①⑥·—〓');
  expect(covered('𬎆𠮷')).toBe('');
});
