import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPostmaster } from '#kernel/db/embedded/postmaster.ts';
import type { RunningProduct } from './product.ts';

/** Clock ticks a second in `/proc/<pid>/stat`; fixed by Linux for every program that asks. */
const ticksPerSecond = 100;

/** What a process's line says from its state on, field 3; undefined when it is gone. */
const fieldsOf = (pid: number): readonly string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
};

const secondsAt = (fields: readonly string[] | undefined, user: number): number =>
  (Number(fields?.[user] ?? 0) + Number(fields?.[user + 1] ?? 0)) / ticksPerSecond;

/** Processor seconds a process has used so far, its own and the system's on its behalf. */
export const cpuSecondsOf = (pid: number): number => secondsAt(fieldsOf(pid), 11);

/** The same of all processes it has started, ended ones included. */
const cpuSecondsBelow = (pid: number): number => {
  const living = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const own = living.map((name) => fieldsOf(Number(name))).filter((fields) => fields?.[1] === String(pid));
  return own.reduce((sum, fields) => sum + secondsAt(fields, 11), secondsAt(fieldsOf(pid), 13));
};

/** Processor seconds by who has used them. */
export type CpuSeconds = Readonly<Record<'server' | 'simulators' | 'database' | 'load', number>>;

/** What everybody who works on a case has used so far; the load is this process itself. */
export const cpuSecondsOfAll = ({ pid, dataDir }: RunningProduct): CpuSeconds => {
  const { user, system } = process.cpuUsage();
  const postmaster = findPostmaster(join(dataDir, 'postgres', 'data'));
  return {
    server: cpuSecondsOf(pid),
    // They are the server's only child but for the reader of papers, which rests unless photographs of papers come.
    simulators: cpuSecondsBelow(pid),
    database: postmaster ? cpuSecondsOf(postmaster.pid) + cpuSecondsBelow(postmaster.pid) : Number.NaN,
    load: (user + system) / 1_000_000,
  };
};

/** Processes that this one has started and that run a program of such a name. */
export const programsBelow = (pid: number, program: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && fieldsOf(Number(name))?.[1] === String(pid))
    .filter((name) => readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(program))
    .map(Number);

/** The most memory of a process that ever stood in RAM, in MiB; 0 when it is gone. */
export const peakMiBOf = (pid: number): number => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Memory of a process that stands in RAM now, in MiB. */
export const residentMiBOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
