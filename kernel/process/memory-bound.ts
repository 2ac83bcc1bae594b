import { Worker } from 'node:worker_threads';

/**
 * Bounds the memory of this process: once it holds more, it is killed at once, whatever it is busy with. For processes that do one task and
 * may be lost over it. A limit of the engine's heap would not do: pixels lie outside of it.
 */
export const boundMemory = (mostMegabytes: number): void => {
  const guard = new Worker(new URL('./memory-guard.ts', import.meta.url), { workerData: mostMegabytes * 1_000_000 });
  guard.unref();
};
