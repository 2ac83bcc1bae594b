import { randomUUID } from 'node:crypto';
import { yardValues } from '#apps/server/demo/demo-dismantlers.ts';
import { type EntryWalker, type RegistryHands, walkEntryTo } from '#apps/server/demo/registry-walk.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { type Client, clientOf, type Transport } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { RegistryProfile } from '#practices/registry/model/profile.ts';
import { type RegistryContract, registryContract } from '#practices/registry/model/registry.contract.ts';
import type { RegistryAction, RegistryState } from '#practices/registry/model/registry.lifecycle.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import { registryImportContract } from '#practices/registry/model/registry-import.contract.ts';
import type { TestProduct } from './product.ts';
import { aJpeg } from './sample-files.ts';

const imports = registryImportContract(dismantlerRegistry);
const password = 'Demo-2026!';

/** What one signed-in person can call of a registry; imports are the dismantlers'. */
export interface RegistryCaller<A extends string = RegistryAction> {
  readonly cookie: string;
  readonly entries: Client<RegistryContract>;
  readonly steps: Client<ReturnType<typeof registryStepContract<A>>>;
  readonly imports: Client<typeof imports>;
}

/** People at work on the registry over HTTP. */
export interface RegistryPeople<A extends string = RegistryAction> extends RegistryHands<A> {
  as(who: string): Promise<RegistryCaller<A>>;
  upload(who: string, path: string, bytes: Uint8Array, fileName: string): Promise<unknown>;
}

const callerOf = async <A extends string>(
  baseUrl: string,
  profile: RegistryProfile,
  userName: string,
): Promise<RegistryCaller<A>> => {
  let cookie = '';
  const signing: Transport = {
    baseUrl,
    fetch: async (url, init) => {
      const reply = await fetch(url, init);
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
      return reply;
    },
  };
  await clientOf(accountContract, signing).signIn({ userName, password });
  const transport: Transport = {
    baseUrl,
    fetch: (url, { headers, ...init }) => fetch(url, { ...init, headers: { ...headers, cookie } }),
  };
  return {
    cookie,
    entries: clientOf(registryContract(profile), transport),
    steps: clientOf(registryStepContract<A>(profile), transport),
    imports: clientOf(imports, transport),
  };
};

/** Hands that reach the registry of a product as any browser would. Each person signs in once. */
export const registryPeople = <A extends string = RegistryAction>(
  { url: baseUrl }: Pick<TestProduct, 'url'>,
  profile: RegistryProfile = dismantlerRegistry,
): RegistryPeople<A> => {
  const callers = new Map<string, Promise<RegistryCaller<A>>>();
  const as = (who: string): Promise<RegistryCaller<A>> => {
    const found = callers.get(who) ?? callerOf<A>(baseUrl, profile, who);
    callers.set(who, found);
    return found;
  };
  const upload: RegistryPeople<A>['upload'] = async (who, path, bytes, fileName) => {
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(bytes)]), fileName);
    const headers = { cookie: (await as(who)).cookie, 'x-requested-with': 'desk' };
    const reply = await fetch(`${baseUrl}/api${path}`, { method: 'POST', headers, body: form });
    const body = (await reply.json()) as { code: string; message: string };
    if (!reply.ok) throw new Failure(reply.status, body.code, body.message);
    return body;
  };
  return {
    as,
    upload,
    open: async (who) => (await (await as(who)).entries.open({})).id,
    save: async (who, id, section, before, values) => {
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
      );
      await (await as(who)).entries.saveSection({ id, section, changes });
    },
    attach: async (who, id, part, key, bytes) =>
      (
        (await upload(who, `${profile.path}/${id}/files/${part}?key=${key}`, bytes, 'a.jpg')) as {
          id: string;
        }
      ).id,
    step: async (who, id, action, input = {}) => {
      const caller = await as(who);
      const { version } = await caller.entries.pulse({ id });
      // Every step is called alike; the compiler cannot tell while the actions are open.
      const take = caller.steps[action] as unknown as RegistryCaller['steps']['submit'];
      return (await take({ id, version, key: randomUUID(), input: { ...input } })).state;
    },
    view: async (who, id) => (await as(who)).entries.get({ id }),
  };
};

/** A walker for the made-up yard of that number, 1 to 5. */
export const yardWalker = (it: TestProduct, people: RegistryPeople, number: number): EntryWalker => ({
  hands: people,
  cast: { clerk: `clerk${number}`, first: 'commission1', second: 'commission2' },
  values: yardValues(number, shanghaiDay(it.clock.now())),
  picture: () => aJpeg(),
  newKey: randomUUID,
  settle: it.settle,
});

/** The yard's entry, walked to a state. */
export const anEntry = (
  it: TestProduct,
  people: RegistryPeople,
  number: number,
  state: RegistryState,
): Promise<string> => walkEntryTo(yardWalker(it, people, number), state);
