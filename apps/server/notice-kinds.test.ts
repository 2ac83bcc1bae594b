import { describe, expect, test } from 'vitest';
import { lineage } from '#kernel/access/access.ts';
import { filled, type Slots } from '#practices/notice/model/notice-value.ts';
import { noticeKinds, roles } from './plans.ts';

const byId = new Map(roles.map((role) => [role.id, role]));
const granted = new Set(
  roles.flatMap(({ id }) => lineage(byId, id).flatMap(({ grants }) => grants.map(({ permission }) => permission))),
);

/** For each type of value the most telling one there is. */
const telling: Readonly<Record<Slots[string], unknown>> = {
  number: 'SC2026112300001',
  day: '2026-11-23',
  plate: '沪AD12345',
  title: '同一账号多次登录失败',
  organisation: '张三丰废旧汽车回收部',
};

/** A plate, an identity number, a phone, a credit code, an address of mail. */
const personal = [
  /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z][A-Z0-9]{5,6}/,
  /\d{17}[\dX]/,
  /(?<!\d)1[3-9]\d{9}(?!\d)/,
  /[0-9A-Z]{18}/,
  /@/,
];

test('R49: kinds are told apart by their ids', () => {
  expect(new Set(noticeKinds.map(({ id }) => id)).size).toBe(noticeKinds.length);
});

describe.each(noticeKinds.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  const values = Object.fromEntries(Object.entries(kind.slots).map(([name, type]) => [name, telling[type]]));

  test('R49: some role hears of it', () => {
    expect(granted).toContain(kind.permission);
  });

  test('R49: its words fit where they are kept', () => {
    expect(kind.title.length).toBeLessThanOrEqual(40);
    expect(filled(kind.text, kind.slots, values).length).toBeLessThanOrEqual(300);
  });

  test.runIf(kind.outside)('R49: what leaves the house is one short message that tells nothing of anybody', () => {
    const text = filled(kind.outside?.text ?? '', kind.slots, values);
    // With the signature; a longer one is carried, and paid, as several.
    expect(`【沪商监管】${text}`.length).toBeLessThanOrEqual(70);
    for (const pattern of personal) expect(text).not.toMatch(pattern);
    for (const word of ['沪AD12345', '张三']) expect(text).not.toContain(word);
  });
});
