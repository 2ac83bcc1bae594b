import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { openDemoPhotos } from '#apps/server/demo/demo-photos.ts';
import { openFor, walkTo } from '#apps/server/demo/walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { chromiumFlags, chromiumPath } from '#testkit/chromium.ts';
import { handsOverHttp } from '#testkit/http-hands.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Bench } from '../scene.ts';

/** A phone of the middle: a quarter of this machine's speed, 1.6 Mbit/s down, 150 ms to the server. Source: Lighthouse's mobile preset. */
const slowness = { processor: 4, bitsPerSecond: 1_600_000, latencyMs: 150 } as const;

/** Bytes that a first visit loads before anything is drawn: the page and what it names, each compressed. */
const startBytes = async (url: string): Promise<number> => {
  const page = await (await fetch(`${url}/yard/`)).text();
  const names = [...page.matchAll(/(?:src|href)="(\/yard\/assets\/[^"]+)"/g)].map(([, name]) => name ?? '');
  if (names.length < 2) throw new Error('the phone’s page names no assets');
  const bodies = await Promise.all(
    names.map(async (name) => Buffer.from(await (await fetch(`${url}${name}`)).arrayBuffer())),
  );
  return [Buffer.from(page), ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0);
};

const clerk = 'clerk1';

/** A vehicle that waits to be towed; answers its case. */
const aVehicle = async (url: string): Promise<string> => {
  const hands = handsOverHttp(url);
  const vehicle = familyVehicle(familyVin(59_000));
  if (!vehicle) throw new Error('the family is endless');
  const cast = { clerk, desk: 'desk1', commission: 'commission1' };
  const walker = { hands, clock: systemClock, cast, vehicle, registered: true, photo: openDemoPhotos().of };
  const id = await openFor(walker);
  await walkTo(walker, id, ['admitted'], async () => {
    for (let turn = 0; turn < 120; turn += 1) {
      const { checks, stateKind } = await hands.view('commission1', id);
      if (stateKind !== 'wait' && checks.every(({ status }) => !['waiting', 'retrying'].includes(status))) return;
      await pause(250);
    }
  });
  return id;
};

const signIn = async (context: BrowserContext, url: string): Promise<void> => {
  const data = { userName: clerk, password: 'Demo-2026!' };
  const headers = { 'x-requested-with': 'desk' };
  const reply = await context.request.post(`${url}/api/governance/session`, { headers, data });
  if (!reply.ok()) throw new Error(`${clerk} could not sign in: ${reply.status()}`);
};

const slowed = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness.processor });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: slowness.latencyMs,
    downloadThroughput: slowness.bitsPerSecond / 8,
    uploadThroughput: slowness.bitsPerSecond / 8,
  });
  return page;
};

/** Milliseconds from asking for the page until the camera can be touched. */
const timeToCapture = async (page: Page, address: string): Promise<number> => {
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByRole('button', { name: /^拍/ }).waitFor();
  return page.evaluate<number>('performance.now()');
};

/** How much a phone in the yard loads, and how long until a vehicle can be photographed: on a first visit, and from what it keeps. Source: tender R03, R04. */
export const measurePhoneStart = async (bench: Bench): Promise<readonly Figure[]> => {
  const { product } = await bench.scene();
  const { url } = product;
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  const turns = bench.short ? 1 : 5;
  const address = `${url}/yard/cases/${await aVehicle(url)}`;
  const first: number[] = [];
  const again: number[] = [];
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        isMobile: true,
        hasTouch: true,
      });
      await signIn(context, url);
      const page = await slowed(context);
      first.push(await timeToCapture(page, address));
      await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
      again.push(await timeToCapture(page, address));
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return [
    {
      measure: 'phone, what a start loads, gz',
      value: (await startBytes(url)) / 1024,
      unit: 'KiB',
      better: 'lower',
      bar: 120,
    },
    {
      measure: 'phone, first visit to the camera',
      value: percentile(first, 50),
      unit: 'ms',
      better: 'lower',
      bar: 5_000,
    },
    {
      measure: 'phone, later visit to the camera',
      value: percentile(again, 50),
      unit: 'ms',
      better: 'lower',
      bar: 3_000,
    },
  ];
};
