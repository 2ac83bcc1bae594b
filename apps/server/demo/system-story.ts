import { randomUUID } from 'node:crypto';
import {
  enterpriseSystemContract,
  systemInput,
  systemStepContract,
} from '#areas/elv/enterprise-system/model/enterprise-system.contract.ts';
import { systemHandlers, systemStepHandlers } from '#areas/elv/enterprise-system/server/system.handlers.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { callsInProcess } from './calls-in-process.ts';
import type { RegistryStory } from './registry-story.ts';

/** A system that is registered in the demo's past. */
export interface DemoSystem {
  readonly publicKey: string;
  readonly webhookUrl: string;
  /** Signs by the private half of the key. */
  sign(text: string): Promise<string>;
}

const hourMs = 3_600_000;

/** Tells that the first yard registered its own system, and that the commission confirmed it. */
export const tellSystem = async ({
  elv,
  clock,
  end,
  at,
  subjectOf,
  system,
}: RegistryStory & { readonly system: DemoSystem }): Promise<void> => {
  const { desk } = elv.systems;
  const call = callsInProcess(clock, [enterpriseSystemContract, systemStepContract]);
  const as = (who: string): CallContext => call(who, subjectOf(who));
  at(new Date(end.getTime() - 20 * hourMs));
  const { publicKey, webhookUrl } = system;
  const input = systemInput.parse({ name: '厂务管理系统（仿真）', publicKey, webhookUrl });
  const handlers = systemHandlers(desk);
  const asked = await handlers.challenge({}, as('yardadmin1'));
  const { text: challenge } = enterpriseSystemContract.challenge.output.parse(asked);
  const proved = { challenge, proof: await system.sign(challenge) };
  const registered = await handlers.register({ key: randomUUID(), ...input, ...proved }, as('yardadmin1'));
  const { id } = enterpriseSystemContract.register.output.parse(registered);
  at(new Date(end.getTime() - 18 * hourMs));
  const said = { opinion: '已与企业电话核对公钥指纹' };
  const step = systemStepContract.confirm.input.parse({ id, version: 2, key: randomUUID(), input: said });
  await systemStepHandlers(desk).confirm(step, as('commission1'));
};
