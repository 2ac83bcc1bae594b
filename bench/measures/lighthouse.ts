import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumFlags, chromiumPath } from '#testkit/chromium.ts';
import type { Figure } from '../figure.ts';
import type { Bench } from '../scene.ts';

/** Fetched when it is wanted: with its hundred packages it would weigh more than everything else the project is built with. */
const lighthouse = 'lighthouse@13.5.0';

/** What it judges of a phone's program. How a page is found by searching machines says nothing of one that is behind a sign-in. */
const judged = ['performance', 'accessibility', 'best-practices'] as const;

type Scores = Readonly<Record<(typeof judged)[number], { readonly score: number }>>;

/** A session of the demo's clerk as the header a browser sends. */
const sessionOf = async (url: string): Promise<string> => {
  const reply = await fetch(`${url}/api/governance/session`, {
    method: 'POST',
    headers: { 'x-requested-with': 'desk', 'content-type': 'application/json' },
    body: JSON.stringify({ userName: 'clerk1', password: 'Demo-2026!' }),
  });
  if (!reply.ok) throw new Error(`the clerk could not sign in: ${reply.status}`);
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};

const scoresOf = async (address: string, headersFile: string): Promise<Scores> => {
  const flags = ['--headless=new', ...chromiumFlags].join(' ');
  const { stdout } = await promisify(execFile)(
    'npm',
    [
      ...['exec', '--yes', `--package=${lighthouse}`, '--', 'lighthouse', address],
      ...['--output=json', '--quiet', `--only-categories=${judged.join(',')}`],
      ...[`--chrome-flags=${flags}`, `--extra-headers=${headersFile}`],
    ],
    { env: { ...process.env, CHROME_PATH: chromiumPath }, maxBuffer: 64 * 2 ** 20 },
  );
  return (JSON.parse(stdout) as { readonly categories: Scores }).categories;
};

/** The phones' programs as Lighthouse judges them on its phone of the middle. Nothing in the short run: it would fetch a hundred packages. Source: tender T2.9, T2.10. */
export const measureLighthouse = async (bench: Bench): Promise<readonly Figure[]> => {
  if (bench.short) return [];
  const { url } = (await bench.scene()).product;
  const folder = mkdtempSync(join(tmpdir(), 'hushang-lighthouse-'));
  const headersFile = join(folder, 'headers.json');
  const figures: Figure[] = [];
  try {
    for (const [name, path, cookie] of [
      ['yard', '/yard/', await sessionOf(url)],
      ['citizens', '/citizen/', ''],
    ] as const) {
      writeFileSync(headersFile, JSON.stringify(cookie ? { cookie } : {}));
      const scores = await scoresOf(`${url}${path}`, headersFile).catch((error: Error) => {
        // The other figures of a long run are not lost over a registry out of reach.
        console.error(`lighthouse could not be run, nothing is measured of ${path}: ${error.message}`);
      });
      if (!scores) continue;
      for (const about of judged) {
        const value = Math.round(scores[about].score * 100);
        figures.push({ measure: `phone of the ${name}, ${about}`, value, unit: 'of 100', better: 'higher', bar: 95 });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
};
