import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import type { Source } from '#kernel/source/source.ts';
import type { RegistryProfile } from './profile.ts';
import type { RegistryAction } from './registry.lifecycle.ts';

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

const stepOf = (profile: RegistryProfile, action: string, { title, source }: { title: string; source: Source }) =>
  operation({
    id: `${profile.id}.${action}`,
    title: `${profile.title}：${title}`,
    source,
    method: 'POST',
    path: `${profile.path}/{id}/steps/${action}`,
    permission: `${profile.id}:${action}`,
    input: entryStepInput,
    output: entryStepOutput,
    errors,
    audit: 'write',
  });

/** One operation for each action of the flow; action, permission, route and button share a name. Source: tender R49. */
export const registryStepContract = <A extends string = RegistryAction>(profile: RegistryProfile) =>
  // Every action is visited; the caller names those of the profile's own flow.
  Object.fromEntries(
    Object.entries(profile.flow().lifecycle.actions).map(([action, one]) => [action, stepOf(profile, action, one)]),
  ) as Readonly<Record<A, ReturnType<typeof stepOf>>>;
