import { readFileSync } from 'node:fs';
import type { Settings } from './settings.ts';

/** Files, listeners and whatever else a process holds open beside its connections. */
const besides = 200;

/** How many files this process may have open; null where its system does not tell. Source: Linux, proc(5), limits. */
export const openFilesHere = (limitsFile = '/proc/self/limits'): number | null => {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync(limitsFile, 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
};

/** What is said at the start when connections alone may take all files a process may open; null when there is nothing to say. Source: tender T2.2. */
export const openFilesWarning = (
  { mostConnections, poolSize }: Pick<Settings, 'mostConnections' | 'poolSize'>,
  most: number | null,
): string | null => {
  const needed = mostConnections + poolSize + besides;
  return most !== null && most < needed
    ? `警告：本进程至多可打开 ${most} 个文件（ulimit -n），按 CONNECTIONS=${mostConnections} 至少需要 ${needed} 个；请调高 ulimit -n，或把 CONNECTIONS 调低到 ${Math.max(0, most - poolSize - besides)} 以下`
    : null;
};
