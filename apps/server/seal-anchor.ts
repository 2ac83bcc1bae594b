import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SealAnchor } from '#kernel/audit/sealer.ts';

const noted = z.object({ number: z.int(), digest: z.string() });

/** Notes the newest seal in a file beside the data, written whole or not at all. A file that cannot be read is as good as none. */
export const fileAnchor = (path: string): SealAnchor => ({
  read: async () => {
    try {
      return noted.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return undefined;
    }
  },
  write: async (seal) => {
    await writeFile(`${path}.part`, JSON.stringify(seal), { mode: 0o600 });
    await rename(`${path}.part`, path);
  },
});
