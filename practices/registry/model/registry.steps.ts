import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import type { RegistryProfile } from './profile.ts';
import { type RegistryAction, registryActions, registryLifecycle } from './registry.lifecycle.ts';

const id = z.string().min(1).max(64);

/** The one shape of a step call. */
export const entryStepInput = z.object({
  id,
  version: z.int(),
  /** The same again for a repeated send of the same click: the first result is answered. */
  key: z.uuid(),
  input: z.record(z.string(), z.unknown()).default({}),
});

/** What a step answers: the new state and, for reviewers, the next entry that waits for them. */
export const entryStepOutput = z.object({
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  nextId: id.nullable(),
});

const errors = {
  REFUSED: { status: 422, message: '现在不能办理，请先处理下列事项' },
  STALE: { status: 409, message: '登记信息在您打开之后已有变化，请查看最新内容后再办理' },
} as const;

/** One operation for each action of the lifecycle; action, permission, route and button share a name. Source: tender R49. */
export const registryStepContract = (profile: RegistryProfile) => {
  const { actions } = registryLifecycle(profile);
  const stepOf = (action: RegistryAction) =>
    operation({
      id: `${profile.id}.${action}`,
      title: `${profile.title}：${actions[action].title}`,
      source: actions[action].source,
      method: 'POST',
      path: `${profile.path}/{id}/steps/${action}`,
      permission: `${profile.id}:${action}`,
      input: entryStepInput,
      output: entryStepOutput,
      errors,
      audit: 'write',
    });
  // Every action is visited.
  return Object.fromEntries(registryActions.map((action) => [action, stepOf(action)])) as Record<
    RegistryAction,
    ReturnType<typeof stepOf>
  >;
};
