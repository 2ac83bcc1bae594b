import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedText } from '#kernel/connector/signed-text.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { linkTo, startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { type FamilyKind, familyVehicle, familyVin } from './register/family.ts';
import { papersSchema } from './register/vehicle.ts';

// Real here: HTTP, signatures on both sides. The clock stands still.
const clock = clockAt('2026-01-05T02:00:00Z');
const now = 1_767_578_400;

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators({ clock });
});
afterAll(() => there.close());

const check = { reference: 'r', vin: 'LTESTA001A0000001', plateNo: '沪A12345', plateTypeCode: '02' };
const notice = {
  certificateNo: 'C-1',
  vin: 'LTESTA001A0000001',
  plateNo: '沪A12345',
  recycledOn: '2026-01-05',
  enterpriseCode: '91310115MADEMA0198',
  enterpriseName: '演示一厂',
};
const owner = { reference: 'r', vin: check.vin, ownerName: '张三演示', identityNo: '310101190001010011' };

describe('who is let in', () => {
  test('R60: a signed question is answered, signed for that question', async () => {
    expect(await there.ask('police', 'check-vehicle', 'r', check)).toMatchObject({
      status: 200,
      code: '0',
      genuine: true,
    });
  });

  test.each([
    ['another application id', { appId: 'somebody' }, '4010'],
    ['no application id', { appId: '' }, '4010'],
    ['another text signed', { signature: 'MEUCIQDxxx' }, '4010'],
    ['no signature', { signature: '' }, '4010'],
    ['a clock 301 s behind', { timestamp: String(now - 301) }, '4011'],
    ['a clock 301 s ahead', { timestamp: String(now + 301) }, '4011'],
    ['milliseconds for seconds', { timestamp: `${now}000` }, '4011'],
    ['no number for a time', { timestamp: 'now' }, '4011'],
    ['a nonce of the wrong form', { nonce: 'abc' }, '4012'],
  ])('R60: %s is not let in', async (_what, slips, code) => {
    expect(await there.ask('police', 'check-vehicle', 'r', check, slips)).toMatchObject({ status: 401, code });
  });

  test.each([-300, 300])('R60: a clock %i s off is still let in', async (off) => {
    const slips = { timestamp: String(now + off) };
    expect(await there.ask('police', 'check-vehicle', 'r', check, slips)).toMatchObject({ code: '0' });
  });

  test('R60: a nonce is good once within ten minutes', async () => {
    const nonce = 'ab'.repeat(16);
    const ask = () => there.ask('police', 'check-vehicle', 'r', check, { nonce });
    expect(await ask()).toMatchObject({ code: '0' });
    expect(await ask()).toMatchObject({ code: '4012', genuine: true });
    clock.advance(601_000);
    expect(await ask()).toMatchObject({ code: '0' });
    clock.advance(-601_000);
  });

  test('R60: a signature made for one exchange opens no other', async () => {
    const [body, nonce, timestamp] = [JSON.stringify(check), 'cd'.repeat(16), String(now)];
    const parts = { method: 'POST', url: '/ext/police/inspection-records', timestamp, nonce, body: Buffer.from(body) };
    const signature = await linkTo(there.keys, 'police').sign(signedText(parts));
    const slips = { nonce, timestamp, signature };
    expect(await there.ask('police', 'check-vehicle', 'r', body, slips)).toMatchObject({ code: '4010' });
  });
});

describe('same key, same effect', () => {
  test('R60: a repeat gets the first result, another body under the key is a conflict', async () => {
    const first = await there.ask('police', 'notify-recycled', 'C-1', notice);
    clock.advance(5000);
    const repeat = await there.ask('police', 'notify-recycled', 'C-1', notice);
    expect([first.code, repeat.code]).toEqual(['0', '0']);
    expect(repeat.data).toEqual(first.data);
    const other = await there.ask('police', 'notify-recycled', 'C-1', { ...notice, recycledOn: '2026-01-04' });
    expect(other).toMatchObject({ status: 409, code: '4091', genuine: true });
  });

  test('R60: a question is answered anew under the same key', async () => {
    const first = await there.ask('police', 'check-vehicle', 'q', check);
    clock.advance(5000);
    expect((await there.ask('police', 'check-vehicle', 'q', check)).data).not.toEqual(first.data);
  });

  test('R60: a misfit is no result, so the same key may be used again', async () => {
    const bad = await there.ask('police', 'notify-recycled', 'C-2', { ...notice, certificateNo: '' });
    expect(bad).toMatchObject({ status: 400, code: '4220' });
    expect(await there.ask('police', 'notify-recycled', 'C-2', notice)).toMatchObject({ code: '0' });
  });

  test.each([
    ['no key', ''],
    ['a broken encoding', '%E6%B2'],
    ['an endless key', 'k'.repeat(201)],
  ])('R60: %s is refused', async (_what, idempotencyKey) => {
    const refused = await there.ask('police', 'notify-recycled', 'C-3', notice, { idempotencyKey });
    expect(refused).toMatchObject({ status: 400, code: '4220' });
  });
});

describe('what is personal comes sealed', () => {
  const sealed = (body: object) => there.ask('police', 'compare-owner', 'r', body);

  test('R55: sealed fields are opened', async () => {
    expect(await sealed(owner)).toMatchObject({ code: '0', data: { match: 'full' } });
  });

  test('R55: an open identity number is refused by name, without being repeated', async () => {
    const open = await there.ask('police', 'compare-owner', 'r', JSON.stringify(owner));
    expect(open).toMatchObject({ status: 400, code: '4220' });
    expect(open.text).toContain('ownerName');
    expect(open.text).not.toContain(owner.identityNo);
  });

  test('R55: a field sealed with another key is refused, and so is a message that does not say it is sealed', async () => {
    const strange = `SM4:${Buffer.alloc(48, 5).toString('base64')}`;
    const body = JSON.stringify({ ...owner, ownerName: strange, identityNo: strange });
    expect(await there.ask('police', 'compare-owner', 'r', body)).toMatchObject({ code: '4220' });
    expect(await there.ask('police', 'compare-owner', 'r', owner, { encrypt: 'none' })).toMatchObject({ code: '4220' });
  });
});

describe('hostile bodies', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', 'VIN=LTEST'],
    ['half a JSON text', '{"vin":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another type', JSON.stringify({ ...check, vin: 17 })],
    ['a field too many', JSON.stringify({ ...check, admin: true })],
    ['a polluting name', '{"__proto__":{"vin":"x"}}'],
    ['half a character', '\ud800'],
    ['a very deep text', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('R60: %s is a misfit, answered and signed', async (_what, body) => {
    expect(await there.ask('police', 'check-vehicle', 'r', body)).toMatchObject({
      status: 400,
      code: '4220',
      genuine: true,
    });
  });

  test('R60: another content type and a huge body are refused before anything is read', async () => {
    const typed = await there.ask('police', 'check-vehicle', 'r', check, { contentType: 'text/xml' });
    expect(typed).toMatchObject({ status: 415, code: '4220', genuine: false });
    const huge = await there.ask('police', 'check-vehicle', 'r', `"${'x'.repeat(1_100_000)}"`);
    expect(huge).toMatchObject({ status: 413, code: '4220', genuine: false });
  });

  test('R60: after all that the simulators answer as before', async () => {
    expect(await there.ask('police', 'check-vehicle', 'r', check)).toMatchObject({ code: '0' });
  });
});

describe('unknown vehicles', () => {
  const papersOf = (kind: FamilyKind) => familyVehicle(familyVin(41, kind))?.papers ?? papersSchema.parse({});

  test.each(['A', 'E', 'M', 'T'] as const)(
    'R60: any vehicle of family %s is on file as its papers say',
    async (kind) => {
      const { vin, plateNo, plateTypeCode, engineNo } = papersOf(kind);
      const found = await there.ask('police', 'check-vehicle', 'r', { reference: 'r', vin, plateNo, plateTypeCode });
      expect(found).toMatchObject({ code: '0', data: { vin, plateNo, engineNo, statusCodes: 'A' } });
    },
  );

  test('R60: a family VIN with a wrong check digit, and a stranger, are not on file', async () => {
    const { vin } = papersOf('A');
    const wrong = vin.slice(0, 8) + (vin[8] === '0' ? '1' : '0') + vin.slice(9);
    for (const unknown of [wrong, 'LSVAA49J132047371', 'x']) {
      const asked = { ...check, vin: unknown, plateNo: '沪Z99999' };
      expect(await there.ask('police', 'check-vehicle', 'r', asked)).toMatchObject({ code: '4040' });
    }
  });
});
