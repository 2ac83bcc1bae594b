import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const mark = '__SHELL__';

/** Tells the service worker which files make the shell, and a digest over them: another build is another shell. */
export const shellList: Plugin = {
  name: 'shell-list',
  generateBundle: (_, bundle) => {
    const worker = bundle['sw.js'];
    if (worker?.type !== 'chunk') throw new Error('the build has no service worker');
    const files = Object.keys(bundle)
      .filter((name) => name.startsWith('assets/'))
      .sort();
    const digest = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
    const shell = { name: digest, files: ['/yard/', ...files.map((name) => `/yard/${name}`)] };
    if (!worker.code.includes(mark)) throw new Error('the service worker does not ask for its shell');
    worker.code = worker.code.replace(mark, JSON.stringify(shell));
  },
};
