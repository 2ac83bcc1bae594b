import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is checked without running the product, by what a failure means; each is a program of its own. */
const checks: Readonly<Record<string, readonly string[]>> = {
  'types of the server': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json'],
  'types of the screens': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'],
  'types of the stories': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.e2e.json'],
  'lint and format': [
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--diagnostic-level=warn',
    '--error-on-warnings',
    '.',
  ],
  'import boundaries': [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config=.dependency-cruiser.mjs',
    '--output-type=err',
    '.',
  ],
  'dead code': ['node_modules/knip/bin/knip.js'],
  'file size': ['tools/check-size.ts'],
  'run-time packages': ['tools/check-packages.ts'],
};

interface Outcome {
  readonly good: boolean;
  readonly output: string;
}

const outcomeOf = (args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (piece: Buffer): void => {
      output += piece.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ good: code === 0, output: output.trim() }));
  });

const run = async ([title, args]: readonly [string, readonly string[]]): Promise<boolean> => {
  const began = Date.now();
  const { good, output } = await outcomeOf(args);
  console.log(`${good ? 'ok    ' : 'FAILED'} ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (!good) console.log(output);
  return good;
};

const waiting = Object.entries(checks);
const outcomes: boolean[] = [];

/** Takes one check after another. More at once than the machine has processors for would only take each other's memory and time. */
const lane = async (): Promise<void> => {
  for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await run(next));
};

await Promise.all(Array.from({ length: availableParallelism() }, lane));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
