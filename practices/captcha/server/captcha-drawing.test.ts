import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawCaptcha } from './captcha-drawing.ts';

const chance = (): number => randomInt(1 << 30) / (1 << 30);
const commandsOf = (svg: string): string => (/ d="([^"]*)"/.exec(svg)?.[1] ?? '').replace(/[^A-Z]/g, '');

test('R42: the commands of a captcha do not tell its letters', () => {
  const pictures = Array.from({ length: 20 }, () => drawCaptcha('AB7K', chance));
  expect(new Set(pictures.map(commandsOf)).size).toBe(20);
  for (const picture of pictures) expect(picture.match(/<path/g)).toHaveLength(1);
});

test('R42: a captcha stays the shape it was, however it is cut', () => {
  const numbers = (/ d="([^"]*)"/.exec(drawCaptcha('AB7K', () => 0.5))?.[1] ?? '').match(/-?\d+\.\d+/g) ?? [];
  const points = numbers.map(Number).filter((_, index) => index % 2 === 0);
  expect(numbers.length).toBeGreaterThan(300);
  expect(Math.min(...points)).toBeGreaterThan(0);
  expect(Math.max(...points)).toBeLessThan(132);
});
