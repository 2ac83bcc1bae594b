import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SealAnchor } from '#kernel/audit/sealer.ts';

const noted = z.object({ number: z.int(), digest: z.string() });

/** Notes the newest seal in a file beside the data, written whole or not at all. A file that cannot be read is as good as none. */
export const fileAnchor = (path: string): SealAnchor => {
  const read: SealAnchor['read'] = async () => {
    try {
      return noted.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return undefined;
    }
  };
  return {
    read,
    write: async (seal) => {
      // Several processes may share the folder: each writes a file of its own first, and nobody puts an older seal in a newer one's place.
      if (((await read())?.number ?? 0) > seal.number) return;
      const part = `${path}.${process.pid}.part`;
      await writeFile(part, JSON.stringify(seal), { mode: 0o600 });
      await rename(part, path);
    },
  };
};
