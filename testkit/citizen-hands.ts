import type { Applying, CitizenHands } from '#apps/server/demo/citizen-walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { citizenContract } from '#areas/elv/citizen-application/model/citizen.contract.ts';
import { citizenStepContract } from '#areas/elv/citizen-application/model/citizen.steps.ts';
import {
  citizenApplicationContract,
  citizenApplicationSteps,
} from '#areas/elv/citizen-application/model/citizen-application.contract.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { type Client, clientOf, type Transport } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { TestProduct } from './product.ts';
import { aJpeg } from './sample-files.ts';

/** What came back in the address when a citizen returned from the one-stop service. */
export interface Returned {
  readonly ticket: string;
  readonly code: string;
  readonly state: string;
}

/** A browser with a cookie of its own. */
export interface Browser {
  readonly citizen: Client<typeof citizenContract>;
  /** Empty until somebody has signed in. */
  cookie(): string;
}

/** A signed-in citizen. */
export interface CitizenCaller extends CitizenHands {
  readonly cookie: string;
  readonly citizen: Client<typeof citizenContract>;
  readonly steps: Client<typeof citizenStepContract>;
}

/** A browser nobody has signed in with. */
export const aBrowser = ({ url: baseUrl }: Pick<TestProduct, 'url'>): Browser => {
  let cookie = '';
  const transport: Transport = {
    baseUrl,
    fetch: async (url, { headers, ...init }) => {
      const reply = await fetch(url, { ...init, headers: { ...headers, cookie } });
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return reply;
    },
  };
  return { citizen: clientOf(citizenContract, transport), cookie: () => cookie };
};

/** Goes to the simulated one-stop service and chooses who one is there; answers what the browser brings back. */
export const goAndChoose = async (
  { outside }: Pick<TestProduct, 'outside'>,
  browser: Browser,
  userId: string,
): Promise<Returned> => {
  const { address, ticket } = await browser.citizen.begin({});
  const to = new URL(address);
  const there = new URL(`/one-stop/choose${to.search}&user=${userId}`, outside.url);
  const reply = await fetch(there, { redirect: 'manual' });
  const back = new URL(reply.headers.get('location') ?? 'http://nowhere/');
  return { ticket, code: back.searchParams.get('code') ?? '', state: back.searchParams.get('state') ?? '' };
};

const photographOver =
  (baseUrl: string, cookie: string): CitizenHands['photograph'] =>
  async (id, part, bytes) => {
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(bytes)]), `${part}.jpg`);
    const headers = { cookie, 'x-requested-with': 'citizen' };
    const url = `${baseUrl}/api/elv/citizen/applications/${id}/photos/${part}?key=${crypto.randomUUID()}`;
    const reply = await fetch(url, { method: 'POST', headers, body: form });
    const body = (await reply.json()) as Awaited<ReturnType<CitizenHands['photograph']>> & Failure;
    if (!reply.ok) throw new Failure(reply.status, body.code, body.message);
    return body;
  };

/** Signs a made-up citizen in, as a browser does it. */
export const citizenAs = async (it: TestProduct, userId: string): Promise<CitizenCaller> => {
  const browser = aBrowser(it);
  await browser.citizen.finish(await goAndChoose(it, browser, userId));
  const cookie = browser.cookie();
  const transport: Transport = {
    baseUrl: it.url,
    fetch: (url, { headers, ...init }) => fetch(url, { ...init, headers: { ...headers, cookie } }),
  };
  const citizen = clientOf(citizenContract, transport);
  const steps = clientOf(citizenStepContract, transport);
  return {
    cookie,
    citizen,
    steps,
    open: (key, vin) => citizen.open({ key, ...(vin === undefined ? {} : { vin }) }),
    view: (id) => citizen.get({ id }),
    save: (id, { as, values, enterpriseId }) =>
      citizen.save({
        id,
        ...(as === undefined ? {} : { as }),
        ...(values === undefined ? {} : { values: { ...values } }),
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
      }),
    agree: (id, consent, version) => citizen.agree({ id, consent, version }),
    photograph: photographOver(it.url, cookie),
    step: (id, action, version, input) => steps[action]({ id, version, input: { ...input } }),
  };
};

/** What a clerk can do with applications. */
export interface OfferedCaller {
  readonly cookie: string;
  readonly offered: Client<typeof citizenApplicationContract>;
  readonly steps: Client<typeof citizenApplicationSteps>;
}

/** Signs a demo clerk in. */
export const clerkOf = async ({ url: baseUrl }: Pick<TestProduct, 'url'>, userName: string): Promise<OfferedCaller> => {
  let cookie = '';
  const signing: Transport = {
    baseUrl,
    fetch: async (url, init) => {
      const reply = await fetch(url, init);
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
      return reply;
    },
  };
  await clientOf(accountContract, signing).signIn({ userName, password: 'Demo-2026!' });
  const transport: Transport = {
    baseUrl,
    fetch: (url, { headers, ...init }) => fetch(url, { ...init, headers: { ...headers, cookie } }),
  };
  return {
    cookie,
    offered: clientOf(citizenApplicationContract, transport),
    steps: clientOf(citizenApplicationSteps, transport),
  };
};

/** A vehicle of the endless family to apply for, as an agent of its owner. */
export const applyingAsAgent = (n: number, enterpriseId: string): Applying => {
  const vehicle = familyVehicle(familyVin(n));
  if (!vehicle) throw new Error(`the family has no ${n}`);
  return { vehicle, as: 'agent', enterpriseId, picture: () => aJpeg() };
};

interface ShownStage {
  readonly applicationNo: string;
  readonly sequence: number;
  readonly stage: string;
}

/** What the one-stop service shows of an application once everything is carried, oldest first. */
export const stagesShown = async (it: TestProduct, applicationNo: string): Promise<readonly string[]> => {
  await it.settle();
  const all = (await it.outside.desk('GET', '/one-stop/stages')) as readonly ShownStage[];
  return all
    .filter((one) => one.applicationNo === applicationNo)
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ stage }) => stage);
};

/** What stands on top at the one-stop service for an application. */
export const standingShown = async (it: Pick<TestProduct, 'outside'>, applicationNo: string): Promise<string> => {
  const all = (await it.outside.desk('GET', '/one-stop/standings')) as readonly ShownStage[];
  return all.find((one) => one.applicationNo === applicationNo)?.stage ?? '';
};
