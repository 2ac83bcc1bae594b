import { defineConfig } from 'vitest/config';
import { HeavyFirst } from './testkit/heavy-first.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', 'e2e/**'],
    globalSetup: ['./testkit/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the machine has cores: a third of a worker's time goes by in waiting, for the database, for programs it starts, for the disk.
    maxWorkers: 3,
    sequence: { sequencer: HeavyFirst },
    // Files of one worker share what they import: no module keeps anything between them, and loading the product three hundred times takes a minute.
    isolate: false,
  },
});
