import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractsAsAddresses } from '../yard-phone/contracts-as-addresses.ts';

/** Built into `dist/citizen-phone` at the root of the project, from where the server serves it below `/citizen/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/citizen/',
  cacheDir: '../../.cache/vite-citizen-phone',
  plugins: [contractsAsAddresses, react()],
  build: {
    outDir: '../../dist/citizen-phone',
    emptyOutDir: true,
    // As the desk's: phones are not new.
    target: 'chrome87',
    cssTarget: 'chrome87',
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
