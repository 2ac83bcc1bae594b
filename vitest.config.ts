import { defineConfig } from 'vitest/config';
import { HeavyFirst } from './testkit/heavy-first.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', 'e2e/**'],
    globalSetup: ['./testkit/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: HeavyFirst },
    // Files of one worker share what they import: no module keeps anything between them, and loading the product three hundred times takes a minute.
    isolate: false,
  },
});
