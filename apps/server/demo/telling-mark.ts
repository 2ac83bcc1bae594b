import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mark beside the data that stands while the demo's past is being told; one that is found at a start tells that the telling was cut off. */
export interface TellingMark {
  stands(): boolean;
  set(): void;
  clear(): void;
}

/** The mark of a data folder. */
export const tellingMark = (dataDir: string): TellingMark => {
  const file = join(dataDir, 'demo-being-told');
  return {
    stands: () => existsSync(file),
    set: () => {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(file, '');
    },
    clear: () => rmSync(file, { force: true }),
  };
};
