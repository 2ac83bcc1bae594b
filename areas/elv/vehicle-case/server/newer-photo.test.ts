import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { caseFactory } from '#testkit/case-factory.ts';
import { clerkOf } from '#testkit/citizen-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { aJpeg } from '#testkit/sample-files.ts';

// Real here: PostgreSQL, web server over HTTP, files. Made up: the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
});
afterAll(() => it.close());

const cookieOf = async (who: string): Promise<string> => (await clerkOf(it, who)).cookie;

interface Sent {
  readonly cookie: string;
  readonly key: string;
  readonly at: string;
  readonly more?: Readonly<Record<string, string>>;
}

const brings = async (caseId: string, part: string, { cookie, key, at, more = { unlessNewer: 'true' } }: Sent) => {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(aJpeg())]), 'photo.jpg');
  const told = new URLSearchParams({ key, deviceTime: at, ...more });
  const reply = await fetch(`${it.url}/api/elv/vehicle-cases/${caseId}/photos/${part}?${told}`, {
    method: 'POST',
    headers: { cookie, 'x-requested-with': 'yard' },
    body: form,
  });
  return { status: reply.status, body: (await reply.json()) as { id: string; code: string; message: string } };
};

test('R03: a photograph from the phone does not take the place of one taken later, unless its person says so', async () => {
  const { id, walker } = await caseFactory(it, 73_000).at('admitted');
  const { clerk } = walker.cast;
  const inPlace = async () =>
    (await it.hands.view('commission1', id)).photos.filter(({ part }) => part === 'tow-slip').map((one) => one.id);
  const [mine, theirs] = [await cookieOf(clerk), await cookieOf('clerk1b')];
  const base = it.clock.now().getTime();
  const at = (minutes: number): string => new Date(base + minutes * 60_000).toISOString();
  const left = { cookie: mine, key: randomUUID(), at: at(-30) };
  const colleague = await brings(id, 'tow-slip', { cookie: theirs, key: randomUUID(), at: at(-5) });
  expect(colleague.status).toBe(200);
  expect(await brings(id, 'tow-slip', left)).toMatchObject({
    status: 409,
    body: { code: 'NEWER_THERE', message: expect.stringContaining('请确认用哪一张') },
  });
  expect(await inPlace()).toEqual([colleague.body.id]);
  // A later one goes by itself; the first, repeated after it was replaced, is answered as it was.
  const later = { cookie: mine, key: randomUUID(), at: at(-1) };
  const taken = await brings(id, 'tow-slip', later);
  expect(await inPlace()).toEqual([taken.body.id]);
  const newest = await brings(id, 'tow-slip', { cookie: theirs, key: randomUUID(), at: at(0) });
  expect((await brings(id, 'tow-slip', later)).body.id).toBe(taken.body.id);
  expect(await inPlace()).toEqual([newest.body.id]);
  const overruled = await brings(id, 'tow-slip', { ...left, more: {} });
  expect(overruled.status).toBe(200);
  expect(await inPlace()).toEqual([overruled.body.id]);
});
