import { boundMemory } from '#kernel/process/memory-bound.ts';
import type { ShrinkNews, ShrinkTask } from './shrink-messages.ts';
import { smallPicture } from './small-picture.ts';

// As much as whoever looks at pictures may take: they decode the same ones.
boundMemory(1_500);

const tell = (news: ShrinkNews): void => {
  process.send?.(news);
};

process.on('message', ({ id, bytes }: ShrinkTask) => {
  smallPicture(bytes).then(
    (small) => tell({ id, small }),
    (error: unknown) => tell({ id, broken: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the parent decides when its worker ends.
process.on('SIGINT', () => undefined);
