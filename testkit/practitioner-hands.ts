import { randomUUID } from 'node:crypto';
import { conductContract, conductStepContract } from '#areas/elv/practitioner/model/conduct.contract.ts';
import { practitionerContract } from '#areas/elv/practitioner/model/practitioner.contract.ts';
import type { Client } from '#kernel/contract/client.ts';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import type { ServedProduct } from './served-product.ts';

/** A sound identity number, another for each `n` up to 999,999. */
export const identityOf = (n: number): string => {
  const first = `310101${1960 + Math.floor(n / 30_000)}${String(1 + (Math.floor(n / 2_000) % 12)).padStart(2, '0')}${String(
    1 + (Math.floor(n / 100) % 20),
  ).padStart(2, '0')}${String(n % 100).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
};

/** What is typed of a person at work. */
export const aPerson = (n: number, more: Readonly<Record<string, unknown>> = {}) => ({
  name: '钱七演示',
  identityNo: identityOf(n),
  phone: '13800130000',
  post: 'dismantler',
  since: '2025-03-01',
  ...more,
});

/** What is typed of a certificate. */
export const aCertificateOf = (validUntil: string | null, more: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'special-operation',
  number: 'T310101199003070011',
  issuedOn: '2023-05-01',
  validUntil,
  issuer: '上海市应急管理局',
  ...more,
});

/** What the commission types of conduct. */
export const aBreach = (more: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'safety-breach',
  occurredOn: '2026-10-12',
  basis: '《安全生产法》第五十七条',
  text: '2026 年 10 月 12 日拆解作业时未排空油液即动火切割，经现场检查发现。',
  ...more,
});

/** What one signed-in person can call. */
export interface PractitionerCaller {
  readonly cookie: string;
  readonly people: Client<typeof practitionerContract>;
  readonly conducts: Client<typeof conductContract>;
  readonly steps: Client<typeof conductStepContract>;
}

/** People who keep and look at people at work. */
export interface PractitionerPeople {
  as(who: string): Promise<PractitionerCaller>;
  /** Enters a person of whoever enters; answers the id. */
  enter(who: string, n: number, more?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Puts a breach down; answers the record's id. */
  record(who: string, id: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Takes a step upon a record of a person as it stands now; answers the state it came to. */
  step(
    who: string,
    id: string,
    conductId: string,
    action: keyof typeof conductStepContract,
    input: object,
  ): Promise<string>;
}

/** Hands upon a served product. Each person signs in once. */
export const practitionerPeople = (served: ServedProduct): PractitionerPeople => {
  const cookies = new Map<string, Promise<string>>();
  const as: PractitionerPeople['as'] = async (who) => {
    const signing = cookies.get(who) ?? served.signIn(who);
    cookies.set(who, signing);
    const cookie = await signing;
    return {
      cookie,
      people: served.client(practitionerContract, cookie),
      conducts: served.client(conductContract, cookie),
      steps: served.client(conductStepContract, cookie),
    };
  };
  return {
    as,
    enter: async (who, n, more = {}) => (await (await as(who)).people.create({ values: aPerson(n, more) })).id,
    record: async (who, id, more = {}) =>
      (await (await as(who)).conducts.record({ id, key: randomUUID(), values: aBreach(more) })).id,
    step: async (who, id, conductId, action, input) => {
      const caller = await as(who);
      const seen = (await caller.people.get({ id })).conducts.find((one) => one.id === conductId);
      const call = { id: conductId, version: seen?.version ?? 0, key: randomUUID(), input: { ...input } };
      return (await caller.steps[action](call)).state;
    },
  };
};
