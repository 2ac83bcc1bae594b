import { readFileSync } from 'node:fs';

/** Clock ticks a second in `/proc/<pid>/stat`; fixed by Linux for every program that asks. */
const ticksPerSecond = 100;

/** Processor seconds a process has used so far, its own and the system's on its behalf. */
export const cpuSecondsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name stands in brackets and may hold blanks; what follows is counted from the state, field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Memory of a process that stands in RAM now, in MiB. */
export const residentMiBOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
