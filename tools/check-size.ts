import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const limit = 300;

/** Files that may be longer, each with its reason and the length it must not pass. */
const allowed: Readonly<Record<string, { readonly lines: number; readonly because: string }>> = {
  'kernel/connector/relay.ts': {
    lines: 360,
    because: 'one mechanism: taking, carrying and settling share the lease, the circuit and the end of the program',
  },
  'connectors/contract.test.ts': {
    lines: 400,
    because: 'one example for each exchange of three systems, side by side',
  },
  'areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts': {
    lines: 360,
    because: 'all states, and the steps of the main line from top to bottom; what branches off it has files of its own',
  },
  'areas/elv/photo-evidence/server/photo-evidence.test.ts': {
    lines: 330,
    because: 'two cases of two yards serve all of it; a second file would set them up again',
  },
  'areas/elv/vehicle-case/model/photo-parts.ts': {
    lines: 360,
    because: 'a table: one row for each photograph place',
  },
};

const written = /\.(tsx?|mjs|css|grit)$/;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => written.test(file) && existsSync(file));

const linesOf = (file: string): number => readFileSync(file, 'utf8').split('\n').length - 1;

const tooLong = files
  .map((file) => ({ file, lines: linesOf(file), most: allowed[file]?.lines ?? limit }))
  .filter(({ lines, most }) => lines > most)
  .map(
    ({ file, lines, most }) => `${file}: ${lines} lines, ${most} allowed; cut it by meaning, or list it with a reason`,
  );

const needless = Object.keys(allowed)
  .filter((file) => !files.includes(file) || linesOf(file) <= limit)
  .map((file) => `${file} needs no exception any more; take it out of the list`);

for (const line of [...tooLong, ...needless]) console.error(line);
process.exitCode = tooLong.length + needless.length > 0 ? 1 : 0;
