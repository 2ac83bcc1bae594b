import { boundMemory } from '#kernel/process/memory-bound.ts';
import type { WorkerNews, WorkerTask } from './messages.ts';
import { openPhotograph, PhotographRefused } from './photograph.ts';
import { openTextEngine } from './text-engine.ts';

// With its engine the worker holds up to 800 MB; the largest photograph takes 1 GB more while it is decoded.
boundMemory(2_500);

const tell = (news: WorkerNews): void => {
  process.send?.(news);
};

const engine = openTextEngine();
// A failure is told with the first task.
engine.catch(() => undefined);

const work = async ({ id, bytes, detail }: WorkerTask): Promise<void> => {
  try {
    const photograph = await openPhotograph(bytes);
    tell({ id, kind: 'progress', fraction: 0.1 });
    const { spot } = await engine;
    const sighting = await spot(photograph, detail, (fraction) =>
      tell({ id, kind: 'progress', fraction: 0.1 + 0.85 * fraction }),
    );
    tell({ id, kind: 'seen', sighting });
  } catch (error) {
    if (error instanceof PhotographRefused) tell({ id, kind: 'refused', message: error.message });
    else tell({ id, kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  }
};

// The parent sends one task at a time and waits for the news of it.
process.on('message', (task: WorkerTask) => {
  void work(task);
});
process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the parent decides when its worker ends.
process.on('SIGINT', () => undefined);
