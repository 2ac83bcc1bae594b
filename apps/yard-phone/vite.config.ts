import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractsAsAddresses } from './contracts-as-addresses.ts';
import { shellList } from './shell-list.ts';

/** Built into `dist/yard-phone` at the root of the project, from where the server serves it below `/yard/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/yard/',
  cacheDir: '../../.cache/vite-yard-phone',
  plugins: [contractsAsAddresses, react(), shellList],
  build: {
    outDir: '../../dist/yard-phone',
    emptyOutDir: true,
    // As the desk's: phones of the yards are not new.
    target: 'chrome87',
    cssTarget: 'chrome87',
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { phone: join(import.meta.dirname, 'index.html'), sw: join(import.meta.dirname, 'service-worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
