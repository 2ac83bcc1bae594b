import { expect, test } from 'vitest';
import { z } from 'zod';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { type Field, fieldsOf } from '#kernel/fields/field.ts';
import { assumption } from '#kernel/source/source.ts';
import { auditChanges } from './changes.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const text = (title: string, sensitivity: Field['sensitivity']): Field => ({
  title,
  sensitivity,
  kind: 'text',
  source: assumption('made up'),
  schema: z.string(),
});
const fields = fieldsOf({ brand: text('品牌', 'open'), phone: text('手机', 'personal') });

test('R45: open values stand before and after; nothing stands for nothing', async () => {
  expect(await auditChanges(crypto, fields, { brand: '甲' }, { brand: '乙' })).toEqual([
    { field: 'brand', title: '品牌', before: '甲', after: '乙' },
  ]);
  expect(await auditChanges(crypto, fields, {}, { brand: 'x'.repeat(300) })).toMatchObject([
    { before: null, after: `${'x'.repeat(200)}…` },
  ]);
});

test('R45, T5.3: of sealed values only keyed digests stand: alike for alike values, different under another key', async () => {
  const [there] = await auditChanges(crypto, fields, { phone: '13800000001' }, { phone: '13800000002' });
  const [back] = await auditChanges(crypto, fields, { phone: '13800000002' }, { phone: '13800000001' });
  expect(JSON.stringify(there)).not.toContain('1380000');
  expect(there).toMatchObject({ before: back?.after, after: back?.before });
  const [other] = await auditChanges(softwareCrypto(Buffer.alloc(32, 9)), fields, {}, { phone: '13800000001' });
  expect(other?.after).not.toBe(there?.before);
});
