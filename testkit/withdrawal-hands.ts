import { randomUUID } from 'node:crypto';
import { applyFor, type WithdrawalHands } from '#apps/server/demo/withdrawal-walk.ts';
import { withdrawalContract } from '#areas/elv/withdrawal/model/withdrawal.contract.ts';
import { withdrawalStepContract } from '#areas/elv/withdrawal/model/withdrawal.steps.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { type Client, clientOf, type Transport } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { type ActingCase, type CaseFactory, someReason } from './case-factory.ts';
import type { TestProduct } from './product.ts';
import { aJpeg } from './sample-files.ts';

/** What one signed-in person can call of withdrawals. */
export interface WithdrawalCaller {
  readonly cookie: string;
  readonly withdrawals: Client<typeof withdrawalContract>;
  readonly steps: Client<typeof withdrawalStepContract>;
}

/** People at work on withdrawals over HTTP. */
export interface WithdrawalPeople extends WithdrawalHands {
  as(who: string): Promise<WithdrawalCaller>;
}

const callerOf = async (baseUrl: string, userName: string): Promise<WithdrawalCaller> => {
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
    withdrawals: clientOf(withdrawalContract, transport),
    steps: clientOf(withdrawalStepContract, transport),
  };
};

/** Hands that reach the withdrawals of a product as any browser would. Each person signs in once. */
export const withdrawalPeople = ({ url: baseUrl }: Pick<TestProduct, 'url'>): WithdrawalPeople => {
  const callers = new Map<string, Promise<WithdrawalCaller>>();
  const as = (who: string): Promise<WithdrawalCaller> => {
    const found = callers.get(who) ?? callerOf(baseUrl, who);
    callers.set(who, found);
    return found;
  };
  const view: WithdrawalPeople['view'] = async (who, id) => (await as(who)).withdrawals.get({ id });
  return {
    as,
    view,
    open: async (who, caseId) => (await (await as(who)).withdrawals.open({ caseId })).id,
    fill: async (who, id, values) => {
      const seen = (await view(who, id)).application.values;
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: seen[name] ?? null, now }]),
      );
      await (await as(who)).withdrawals.saveApplication({ id, changes });
    },
    attach: async (who, id, part, key, bytes) => {
      const form = new FormData();
      form.append('file', new Blob([Buffer.from(bytes)]), `${part}.jpg`);
      const headers = { cookie: (await as(who)).cookie, 'x-requested-with': 'desk' };
      const url = `${baseUrl}/api/elv/withdrawals/${id}/papers/${part}?key=${key}`;
      const reply = await fetch(url, { method: 'POST', headers, body: form });
      const body = (await reply.json()) as { id: string; code: string; message: string };
      if (!reply.ok) throw new Failure(reply.status, body.code, body.message);
      return body.id;
    },
    step: async (who, id, action, input = {}) => {
      const caller = await as(who);
      const { version } = await caller.withdrawals.pulse({ id });
      return (await caller.steps[action]({ id, version, key: randomUUID(), input: { ...input } })).state;
    },
  };
};

/** The yard that takes over in tests, and its clerk. */
export const successor = { id: 'yard-2', clerk: 'clerk2' } as const;

/** An application for a case of the first yard, filled in and not handed in. */
export const anApplication = (
  people: WithdrawalPeople,
  caseId: string,
  kind: 'stop' | 'change-enterprise',
  clerk = 'clerk1',
): Promise<string> =>
  applyFor(people, {
    caseId,
    clerk,
    successorId: kind === 'stop' ? null : successor.id,
    consent: aJpeg(),
    newKey: randomUUID,
  });

/**
 * A case that the national system knows and of which nothing is dismantled, as far as is recorded: it was reported, its certificate refused,
 * the commission sent it back, and the enterprise took out what it had recorded by mistake.
 */
export const aReportedCase = async (it: TestProduct, cases: CaseFactory): Promise<ActingCase> => {
  const acting = await cases.at('reporting');
  const fault = { kind: 'refuse', code: '4220', message: '拆解照片与车辆不符' } as const;
  await it.outside.script({ system: 'national-circulation', exchange: 'get-recycling-certificate', times: 1, fault });
  await cases.onTo(acting, 'reportRefused');
  await cases.take(acting, 'returnReport');
  const { id, walker } = acting;
  const { clerk } = walker.cast;
  const caller = await it.hands.as(clerk);
  const view = await it.hands.view(clerk, id);
  for (const { id: photoId } of view.photos.filter(({ section }) => section === 'dismantling'))
    await caller.cases.removePhoto({ id, photoId });
  const before = view.sections.find((one) => one.id === 'dismantling')?.values ?? {};
  const blank = Object.fromEntries(Object.keys(before).map((name) => [name, null]));
  await it.hands.save(clerk, id, 'dismantling', before, blank);
  return acting;
};

/** A reason long enough for every step that asks for one. */
export const because = { reason: someReason } as const;
