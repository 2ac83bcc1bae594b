import { parentPort } from 'node:worker_threads';
import { lookAt } from './look.ts';
import type { LookNews, LookTask } from './messages.ts';

const tell = (news: LookNews): void => parentPort?.postMessage(news);

parentPort?.on('message', ({ id, bytes }: LookTask) => {
  lookAt(bytes).then(
    (seen) => tell({ id, seen }),
    (error: unknown) => tell({ id, broken: error instanceof Error ? error.message : String(error) }),
  );
});
