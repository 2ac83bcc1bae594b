import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type EndedSpan, spanned, tracingOver } from '#kernel/telemetry/span.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { type Jobs, jobsOf } from './jobs.ts';

const aBook = () => {
  const told: [unknown, object, string | null | undefined][] = [];
  let now = Date.parse('2026-11-29T08:00:00Z');
  const clock = {
    now: () => {
      now += 10;
      return new Date(now);
    },
  };
  const jobs: Jobs = jobsOf({
    clock,
    onFailure: (error, about) => told.push([error, about, jobs.notes()[0]?.fault]),
  });
  return { told, jobs };
};

test('T2.2: a job is done at once and again; what fails is told, noted without values, and tried again', async () => {
  const { told, jobs } = aBook();
  let rounds = 0;
  const failure = new Error('row 310101198001010011 is broken');
  const job = jobs.repeat('kernel.example', 5, async () => {
    rounds += 1;
    if (rounds === 2) throw failure;
  });
  expect(jobs.notes()).toEqual([]);
  job.start();
  await waitUntil(() => rounds >= 3 && jobs.notes()[0]?.fault === null);
  await job.stop();
  expect(told).toEqual([[failure, { job: 'kernel.example' }, 'Error: row … is broken']]);
  const [note] = jobs.notes();
  expect(note).toMatchObject({
    id: 'kernel.example',
    everyMs: 5,
    running: false,
    failures: 1,
    lastMs: 10,
    fault: null,
  });
  expect(note?.rounds).toBe(rounds);
});

test('T2.2: stopping waits for the round at hand and begins no other', async () => {
  const { jobs } = aBook();
  const done: string[] = [];
  const job = jobs.repeat('kernel.example', 1, async () => {
    done.push('began');
    await pause(30);
    done.push('ended');
  });
  job.start();
  expect(jobs.notes()).toMatchObject([{ running: true, rounds: 0, lastMs: null }]);
  await job.stop();
  await pause(20);
  expect(done).toEqual(['began', 'ended']);
});

test('T2.2: a job that is started twice is one job, of which no two rounds run at once', async () => {
  const { jobs } = aBook();
  let [rounds, atOnce, most] = [0, 0, 0];
  const job = jobs.repeat('kernel.example', 1, async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await pause(5);
    atOnce -= 1;
    rounds += 1;
  });
  job.start();
  job.start();
  await waitUntil(() => rounds >= 3);
  await job.stop();
  expect([most, atOnce, jobs.notes().length]).toEqual([1, 0, 1]);
});

test('T2.2: where traces are wanted each round is one, named by its job; what failed says so without values', async () => {
  const spans: EndedSpan[] = [];
  const clock = { now: () => new Date('2026-11-29T08:00:00Z') };
  const tracing = tracingOver({ clock, share: 1, tell: (span) => spans.push(span) });
  const jobs = jobsOf({ clock, onFailure: () => undefined, tracing });
  let rounds = 0;
  const job = jobs.repeat('kernel.example', 1, async () => {
    rounds += 1;
    if (rounds > 1) throw new RangeError('row 310101198001010011 is broken');
    await spanned('part', 'internal', {}, async () => undefined);
  });
  job.start();
  await waitUntil(() => spans.length >= 3);
  await job.stop();
  const [part, round, broken] = spans;
  expect(round).toMatchObject({ name: 'job kernel.example', parentId: null, failed: false });
  expect(part).toMatchObject({ name: 'part', traceId: round?.traceId, parentId: round?.spanId });
  expect(broken).toMatchObject({
    failed: true,
    facts: { 'hushang.job': 'kernel.example', 'error.type': 'RangeError' },
  });
  expect(broken?.traceId).not.toBe(round?.traceId);
});
