import { randomUUID } from 'node:crypto';
import type { Subject } from '#kernel/access/access.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { registryContract } from '#practices/registry/model/registry.contract.ts';
import type { RegistryAction } from '#practices/registry/model/registry.lifecycle.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { entryHandlers } from '#practices/registry/server/entry.handlers.ts';
import { fileHandlers } from '#practices/registry/server/file.handlers.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { registryStepHandlers } from '#practices/registry/server/step.handlers.ts';
import { callsInProcess, jpegFile } from './calls-in-process.ts';
import type { RegistryHands } from './registry-walk.ts';

/** Hands that work in this process, through the same handlers and engine that serve HTTP. */
export const registryHandsInProcess = <A extends string = RegistryAction>(
  desk: RegistryDesk,
  clock: Clock,
  subjectOf: (who: string) => Subject,
): RegistryHands<A> => {
  const { profile } = desk;
  const steps = registryStepContract<A>(profile);
  const handlers = { ...entryHandlers(desk), ...fileHandlers(desk) };
  const taking = registryStepHandlers(desk, steps);
  const call = callsInProcess(clock, [registryContract(profile)]);
  const as = (who: string, file?: UploadedFile): CallContext => call(who, subjectOf(who), file);
  // These operations answer JSON, never a file.
  const view = async (who: string, id: string) => (await handlers.get({ id }, as(who))) as EntryView;
  return {
    view,
    open: async (who) => ((await handlers.open({}, as(who))) as { id: string }).id,
    save: async (who, id, section, before, values) => {
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
      );
      await handlers.saveSection({ id, section, changes }, as(who));
    },
    attach: async (who, id, part, key, bytes) =>
      ((await handlers.addFile({ id, part, key }, as(who, jpegFile(`${part}.jpg`, bytes)))) as { id: string }).id,
    step: async (who, id, action, input = {}) => {
      const { version } = await view(who, id);
      const taken = await taking[action]({ id, version, key: randomUUID(), input: { ...input } }, as(who));
      return (taken as { state: string }).state;
    },
  };
};
