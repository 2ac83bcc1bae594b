import { boundMemory } from '#kernel/process/memory-bound.ts';
import { lookAt } from './look.ts';
import type { LookNews, LookTask } from './messages.ts';

// 60 million pixels of PNG take some 1,000 MB, of progressive JPEG more; what takes more than this is said to be unreadable in the end.
boundMemory(1_500);

const tell = (news: LookNews): void => {
  process.send?.(news);
};

process.on('message', ({ id, bytes }: LookTask) => {
  lookAt(bytes).then(
    (seen) => tell({ id, seen }),
    (error: unknown) => tell({ id, broken: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the parent decides when its worker ends.
process.on('SIGINT', () => undefined);
