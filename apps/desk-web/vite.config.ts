import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * antd locks the body's scrolling under a dialog by a style element without nonce, which the content policy refuses loudly. The desk
 * scrolls inside its frame and never the body, so there is nothing to lock.
 */
const noScrollLock: Plugin = {
  name: 'no-scroll-lock',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('/useScrollLocker') && importer?.includes('@rc-component/portal') ? '\0no-scroll-lock' : undefined,
  load: (id) => (id === '\0no-scroll-lock' ? 'export default () => {};' : undefined),
};

/** Built into `dist/desk-web` at the root of the project, from where the server serves it. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../.cache/vite-desk-web',
  plugins: [noScrollLock, react()],
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
