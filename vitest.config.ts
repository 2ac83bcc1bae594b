import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{kernel,practices,areas,connectors,apps,testkit,tools,web-kit}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
