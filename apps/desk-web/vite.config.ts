import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Built into `dist/desk-web` at the root of the project, from where the server serves it. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../.cache/vite-desk-web',
  plugins: [react()],
  build: {
    outDir: '../../dist/desk-web',
    emptyOutDir: true,
    // Domestic browsers on desktop Linux still stand on Chromium 87.
    target: 'chrome87',
    cssTarget: 'chrome87',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // An image inside a style sheet would need `data:` in the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: 'data', test: /node_modules\/(@tanstack|zod)\//, priority: 2 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
