import { Agent, request } from 'node:http';
import { demoYards } from '#apps/server/demo/accounts.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { ensureAccount } from '#areas/governance/account/server/account.store.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { clientOf, type Reply, type Transport } from '#kernel/contract/client.ts';
import { readMasterKey } from '#kernel/crypto/master-key.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction, openDatabase } from '#kernel/db/database.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock } from '#kernel/time/clock.ts';

/** Somebody at work: signed in once, with an address of their own. */
export interface Person {
  readonly userName: string;
  readonly transport: Transport;
  /** Sends bytes under the person's session. */
  send(url: string, method: string, headers: Readonly<Record<string, string>>, body?: Buffer | string): Promise<Reply>;
}

/** Everybody who takes part in a load. */
export interface People {
  readonly clerks: readonly Person[];
  readonly desk: readonly Person[];
  readonly commission: readonly Person[];
  byName(userName: string): Person;
  leave(): void;
}

/** The way into a product's data from beside it. */
export interface Inside {
  readonly databaseUrl: string;
  readonly masterKeyFile: string;
}

const password = 'Bench-2026!';

/** Kinds of people, by the start of their user names. */
const kinds = { clerk: 'elv-clerk', desk: 'elv-desk', commission: 'elv-commission' } as const;

interface Answer extends Reply {
  readonly cookie: string;
}

/** One request over kept connections. Node's plain client takes less of the processor the server needs than fetch does. */
const ask = (
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
        resolve({ ok: status >= 200 && status < 300, status, text: async () => text, cookie });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });

const signIn = async (agent: Agent, baseUrl: string, userName: string, address: string): Promise<Person> => {
  let cookie = '';
  const send: Person['send'] = async (url, method, headers, body) => {
    const answer = await ask(agent, url, method, { ...headers, cookie, 'x-forwarded-for': address }, body);
    if (answer.cookie !== '') cookie = answer.cookie;
    return answer;
  };
  const transport: Transport = {
    baseUrl,
    fetch: (url, { method, headers, body }) => send(url, method, headers, body),
  };
  await clientOf(accountContract, transport).signIn({ userName, password });
  return { userName, transport, send };
};

/** Adds accounts the way the demo adds its own: from inside, under the master key of the product's data folder. */
const addAccounts = async (
  { databaseUrl, masterKeyFile }: Inside,
  userNames: readonly string[],
  roleId: string,
): Promise<void> => {
  const passwordHash = await hashPassword(password);
  const crypto = softwareCrypto(await readMasterKey(masterKeyFile, false));
  const accessList = accessListStore({ crypto, signer: personalSigner(crypto, systemClock) });
  const { db, close } = openDatabase({ url: databaseUrl, poolSize: 1 });
  await inTransaction(db, async (tx) => {
    for (const [order, userName] of userNames.entries()) {
      await ensureAccount(tx, {
        id: userName,
        userName,
        name: `压测 ${userName}`,
        organisationId: roleId === kinds.clerk ? (demoYards[order % demoYards.length]?.id ?? null) : null,
        passwordHash,
        at: new Date(),
      });
    }
    const by = { id: 'bench', name: '压测', organisationId: null, ip: '' };
    const holdings = userNames.map((subjectId) => ({ subjectId, roleId }));
    await accessList.change(tx, { by, what: { why: 'bench' }, at: new Date(), traceId: 'bench' }, (list) => ({
      ...list,
      holdings: [...list.holdings, ...holdings],
    }));
  });
  await close();
};

/** Makes accounts for so many clerks, spread over the yards, and a fifth as many reviewers of each kind, and signs all of them in. */
export const gatherPeople = async (baseUrl: string, inside: Inside, clerks: number): Promise<People> => {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  let addresses = 0;
  const gather = async (kind: keyof typeof kinds, count: number): Promise<readonly Person[]> => {
    const names = Array.from({ length: count }, (_, order) => `bench-${kind}-${order}`);
    await addAccounts(inside, names, kinds[kind]);
    const people: Person[] = [];
    for (const name of names) {
      addresses += 1;
      people.push(await signIn(agent, baseUrl, name, `10.9.0.${addresses}`));
    }
    return people;
  };
  const reviewers = Math.ceil(clerks / 5);
  const gathered = {
    clerks: await gather('clerk', clerks),
    desk: await gather('desk', reviewers),
    commission: await gather('commission', reviewers),
  };
  const all = new Map(Object.values(gathered).flatMap((some) => some.map((one) => [one.userName, one])));
  return {
    ...gathered,
    byName: (userName) => {
      const found = all.get(userName);
      if (!found) throw new Error(`nobody is called ${userName}`);
      return found;
    },
    leave: () => agent.destroy(),
  };
};
