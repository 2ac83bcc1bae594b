import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFields, sealFields } from './field-sealing.ts';

const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
const paths = ['owner.name', 'owner.identityNo', 'agent.name'];
const text = fc.string({ unit: 'grapheme' });
const message = fc.record({
  owner: fc.record({ name: text, identityNo: text, kind: text }),
  agent: fc.option(fc.record({ name: text }), { nil: null }),
  count: fc.integer(),
});

test('R55: what was sealed opens to the same value, and only the named fields were touched', () => {
  fc.assert(
    fc.property(message, text, (value, messageKey) => {
      const sealed = sealFields(value, paths, key, messageKey);
      expect(sealed).toMatchObject({ count: value.count, owner: { kind: value.owner.kind } });
      expect(JSON.stringify(sealed).match(/"SM4:[A-Za-z0-9+/=]+"/g)).toHaveLength(value.agent ? 3 : 2);
      expect(openFields(sealed, paths, key)).toEqual(value);
    }),
  );
});

test('R57: the same message seals to the same bytes, so a retry is recognised as one', () => {
  fc.assert(
    fc.property(message, text, (value, messageKey) => {
      expect(sealFields(value, paths, key, messageKey)).toEqual(sealFields(value, paths, key, messageKey));
    }),
  );
});

test('R55: equal texts look different in another field, in another message and under another key', () => {
  const value = { owner: { name: '张三', identityNo: '张三' }, agent: { name: '张三' } };
  const sealed = JSON.stringify([
    sealFields(value, paths, key, 'SC1-1'),
    sealFields(value, paths, key, 'SC1-2'),
    sealFields(value, paths, Buffer.alloc(16, 1), 'SC1-1'),
  ]);
  const texts = sealed.match(/SM4:[^"]+/g) ?? [];
  expect(texts).toHaveLength(9);
  expect(new Set(texts).size).toBe(9);
});

test('R57: a field that is absent, null or no text is passed over, and so is a list', () => {
  const value = { owner: { name: null, identityNo: 7 }, agent: null, list: [1] };
  expect(sealFields(value, [...paths, 'list.0', 'list.x', 'none'], key, 'k')).toEqual(value);
});

test('R55: a text that was not sealed, or not with this key, does not open', () => {
  const sealed = sealFields({ owner: { name: '张三' } }, ['owner.name'], key, 'k');
  expect(() => openFields({ owner: { name: '张三演示的名字' } }, ['owner.name'], key)).toThrow();
  expect(() => openFields({ owner: { name: 'SM4:' } }, ['owner.name'], key)).toThrow();
  for (let other = 1; other < 200; other += 1) {
    expect(() => openFields(sealed, ['owner.name'], Buffer.alloc(16, other))).toThrow();
  }
});
