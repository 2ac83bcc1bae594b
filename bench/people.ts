import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { clientOf, type Reply, type Transport } from '#kernel/contract/client.ts';
import { addAccounts, type Inside, type Kind, password, type Wanted } from './accounts.ts';

/** What was answered; `retryAfter` in seconds, 0 where none is told. */
interface Answer extends Reply {
  readonly cookie: string;
  readonly retryAfter: number;
}

/** Somebody at work, signed in once. */
export interface Person {
  readonly userName: string;
  readonly transport: Transport;
  /** Sends bytes under the person's session. */
  send(url: string, method: string, headers: Readonly<Record<string, string>>, body?: Buffer | string): Promise<Answer>;
}

/** Everybody who takes part in a load. */
export interface People {
  readonly clerks: readonly Person[];
  readonly desk: readonly Person[];
  readonly commission: readonly Person[];
  /** Who may export in bulk. */
  readonly exporter: readonly Person[];
  byName(userName: string): Person;
  leave(): void;
}

/** One request over kept connections. Node's plain client takes less of the processor the server needs than fetch does. */
export const ask = (
  agent: Agent,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string | undefined,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.once('error', reject);
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        const text = Buffer.concat(pieces).toString('utf8');
        const cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
        const retryAfter = Number(response.headers['retry-after'] ?? 0);
        resolve({ ok: status >= 200 && status < 300, status, text: async () => text, cookie, retryAfter });
      });
    });
    sent.once('error', (error) => {
      // A kept connection that the server closes just as it is used again has carried nothing: browsers ask once more, unseen.
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
        resolve(ask(agent, url, method, headers, body));
      else reject(error);
    });
    sent.end(body);
  });

/** A person's requests come from ever other addresses: the rate limit of one client is not what is measured. */
const addressesOf = (order: number): (() => string) => {
  let turn = 0;
  return () => {
    turn = (turn + 1) % 250;
    return `10.9.${order}.${turn}`;
  };
};

/** Signs somebody in; `order` tells whose addresses are theirs. */
export const signIn = async (
  agent: Agent,
  baseUrl: string,
  { userName, password: word = password }: { readonly userName: string; readonly password?: string },
  order: number,
): Promise<Person> => {
  let cookie = '';
  const nextAddress = addressesOf(order);
  const send: Person['send'] = async (url, method, headers, body) => {
    const answer = await ask(agent, url, method, { ...headers, cookie, 'x-forwarded-for': nextAddress() }, body);
    if (answer.cookie !== '') cookie = answer.cookie;
    return answer;
  };
  const transport: Transport = {
    baseUrl,
    fetch: (url, { method, headers, body }) => send(url, method, headers, body),
  };
  await clientOf(accountContract, transport).signIn({ userName, password: word });
  return { userName, transport, send };
};

const holds = async ({ transport }: Person): Promise<boolean> =>
  (await clientOf(accountContract, transport).me({})).permissions.length > 0;

/** Makes accounts for so many clerks and a fifth as many reviewers of each kind, and signs all of them in. */
export const gatherPeople = async (baseUrl: string, inside: Inside, clerks: number): Promise<People> => {
  const reviewers = Math.ceil(clerks / 5);
  const counts = { clerk: clerks, desk: reviewers, commission: reviewers, exporter: 1 } satisfies Record<Kind, number>;
  const wanted = (Object.keys(counts) as Kind[]).flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, order): Wanted => ({ kind, userName: `bench-${kind}-${order}` })),
  );
  await addAccounts(inside, wanted);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const all = new Map<string, Person>();
  for (const [order, { userName }] of wanted.entries())
    all.set(userName, await signIn(agent, baseUrl, { userName }, order));
  // The server looks for changes of who holds what every few seconds.
  for (const person of all.values()) while (!(await holds(person))) await pause(200);
  const byName = (userName: string): Person => {
    const found = all.get(userName);
    if (!found) throw new Error(`nobody is called ${userName}`);
    return found;
  };
  const of = (wantedKind: Kind): readonly Person[] =>
    wanted.filter(({ kind }) => kind === wantedKind).map(({ userName }) => byName(userName));
  return {
    clerks: of('clerk'),
    desk: of('desk'),
    commission: of('commission'),
    exporter: of('exporter'),
    byName,
    leave: () => agent.destroy(),
  };
};
