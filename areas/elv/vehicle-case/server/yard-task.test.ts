import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import type { YardSection } from '../model/yard-section.ts';
import type { YardTask } from '../model/yard-task.contract.ts';

// Real here: PostgreSQL, engine, web server, HTTP on sockets. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
const cookies = new Map<string, string>();

const cookieOf = async (who: string): Promise<string> => {
  const known = cookies.get(who);
  if (known) return known;
  const reply = await fetch(`${it.url}/api/governance/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'desk' },
    body: JSON.stringify({ userName: who, password: 'Demo-2026!' }),
  });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  cookies.set(who, cookie);
  return cookie;
};

const asked = async (who: string, path: string): Promise<{ status: number; body: unknown }> => {
  const headers = { cookie: await cookieOf(who) };
  const reply = await fetch(`${it.url}/api/elv/${path}`, { headers });
  return { status: reply.status, body: await reply.json() };
};

const tasksOf = async (who: string, section: YardSection, query = ''): Promise<readonly YardTask[]> => {
  const { body } = await asked(who, `yard-tasks${query}`);
  const { stages } = body as { stages: { section: string; tasks: YardTask[] }[] };
  return stages.find((stage) => stage.section === section)?.tasks ?? [];
};

const photoUrl = (id: string, part: string, more: Record<string, string> = {}): string =>
  `${it.url}/api/elv/vehicle-cases/${id}/photos/${part}?${new URLSearchParams({ key: randomUUID(), ...more })}`;

const send = async (who: string, url: string): Promise<{ status: number; body: { id?: string; code?: string } }> => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(aJpeg())], { type: 'image/jpeg' }), 'a.jpg');
  const headers = { cookie: await cookieOf(who), 'x-requested-with': 'desk' };
  const reply = await fetch(url, { method: 'POST', headers, body: form });
  return { status: reply.status, body: (await reply.json()) as { id?: string; code?: string } };
};

/** Sends a photograph and hangs up when the server begins to answer, before a word of the answer is read. */
const sendAndHangUp = async (who: string, url: string): Promise<void> => {
  const boundary = 'cut';
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    aJpeg(),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = {
    cookie: await cookieOf(who),
    'x-requested-with': 'desk',
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': body.length,
  };
  await new Promise<void>((resolve) => {
    const sending = request(url, { method: 'POST', headers });
    sending.on('error', () => resolve());
    sending.on('response', () => sending.destroy());
    sending.on('close', () => resolve());
    sending.end(body);
  });
};

const inPlace = async (id: string, part: string): Promise<number> =>
  (await it.hands.view('clerk1', id)).photos.filter((photo) => photo.part === part).length;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 5_200);
});
afterAll(() => it.close());

describe('what waits for a yard', () => {
  test('R03, R04: each case stands where it waits, with its checklist by vehicle type and what is missing', async () => {
    const towed = await cases.at('admitted');
    const entered = await cases.at('handedOver', { kind: 'E' });
    const [tow] = (await tasksOf('clerk1', 'tow')).filter(({ caseId }) => caseId === towed.id);
    expect(tow?.slots.map(({ part, required }) => [part, required])).toEqual([['tow-slip', true]]);
    expect(tow?.step).toMatchObject({ action: 'handOver', ready: false });
    expect(tow?.step.missing.map(({ path }) => path)).toEqual(['photo:tow-slip']);
    const [entry] = (await tasksOf('clerk1', 'entry')).filter(({ caseId }) => caseId === entered.id);
    expect(entry?.slots.some(({ part }) => part === 'drive-motor-number')).toBe(true);
    expect(entry?.slots.some(({ part }) => part === 'engine-number')).toBe(false);
    expect(entry?.step.missing.map(({ path }) => path)).toContain('entry.enteredAt');
  });

  test('R44: nothing of the owner goes to the phone', async () => {
    const { id } = await cases.at('admitted');
    const { owner, papers } = Object.fromEntries(
      (await it.hands.view('clerk1', id)).sections.map((section) => [section.id, section.values]),
    );
    const text = JSON.stringify(await asked('clerk1', `yard-tasks/${id}`));
    for (const secret of [owner?.ownerName, owner?.ownerIdentityNo, owner?.ownerPhone, papers?.vin, papers?.engineNo])
      if (typeof secret === 'string') expect(text).not.toContain(secret);
    expect(owner?.ownerName).toBeTypeOf('string');
  });

  test('R44: another yard’s cases are not told, and asked for by number they are not there', async () => {
    const { id } = await cases.at('admitted');
    expect((await tasksOf('clerk2', 'tow')).some(({ caseId }) => caseId === id)).toBe(false);
    expect((await asked('clerk2', `yard-tasks/${id}`)).status).toBe(404);
    expect((await asked('commission1', 'yard-tasks')).status).toBe(403);
  });

  test('R03: found by plate and by the end of the VIN; what has gone on waits for nothing', async () => {
    const acting = await cases.at('admitted');
    const { sections } = await it.hands.view('clerk1', acting.id);
    const { plateNo, vin } = sections.find(({ id }) => id === 'papers')?.values ?? {};
    for (const q of [String(plateNo), String(vin).slice(-6)])
      expect((await tasksOf('clerk1', 'tow', `?q=${encodeURIComponent(q)}`)).map(({ caseId }) => caseId)).toEqual([
        acting.id,
      ]);
    await cases.onTo(acting, 'entryReview');
    expect((await asked('clerk1', `yard-tasks/${acting.id}`)).body).toEqual({ task: null });
  });
});

describe('a photograph from the yard arrives exactly once', () => {
  test('R03: sent five times at once under one key it is there once', async () => {
    const { id } = await cases.at('handedOver');
    const url = photoUrl(id, 'whole');
    const replies = await Promise.all(Array.from({ length: 5 }, () => send('clerk1', url)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await inPlace(id, 'whole')).toBe(1);
  });

  test('R03: whoever hung up after the server had it, and sends it again, has it there once', async () => {
    const { id } = await cases.at('handedOver');
    const url = photoUrl(id, 'whole');
    await sendAndHangUp('clerk1', url);
    expect(await inPlace(id, 'whole')).toBe(1);
    expect((await send('clerk1', url)).status).toBe(200);
    expect(await inPlace(id, 'whole')).toBe(1);
  });

  test('R03: one that arrived before the case went on is answered as there, not refused', async () => {
    const acting = await cases.at('handedOver');
    const url = photoUrl(acting.id, 'whole');
    const first = await send('clerk1', url);
    await cases.onTo(acting, 'entryReview');
    expect(await send('clerk1', url)).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect(await send('clerk1', photoUrl(acting.id, 'whole'))).toMatchObject({
      status: 409,
      body: { code: 'NOT_EDITABLE' },
    });
  });

  test('R03: nobody brings a photograph another took', async () => {
    const { id } = await cases.at('handedOver');
    const byFirst = photoUrl(id, 'whole', { takenBy: 'demo-clerk1' });
    expect(await send('clerk1b', byFirst)).toMatchObject({ status: 409, body: { code: 'SOMEBODY_ELSE' } });
    expect(await inPlace(id, 'whole')).toBe(0);
    expect((await send('clerk1', byFirst)).status).toBe(200);
    expect((await it.hands.view('clerk1', id)).photos.find(({ part }) => part === 'whole')?.operatorName).toBe(
      (await it.hands.view('clerk1', id)).timeline.find(({ action }) => action === 'handOver')?.actorName,
    );
  });
});
