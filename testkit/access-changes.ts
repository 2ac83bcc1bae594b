import { randomUUID } from 'node:crypto';
import { accessChangeContract } from '#areas/governance/access-change/model/access-change.contract.ts';
import type { AccessChange } from '#areas/governance/access-change/model/access-change.ts';
import type { Client } from '#kernel/contract/client.ts';
import type { ProposalRow } from '#practices/proposal/model/proposal.contract.ts';
import type { ServedProduct } from './served-product.ts';

type Person = Client<typeof accessChangeContract>;

/** Two security administrators at work on who may do what. */
export interface AccessChanges {
  readonly first: Person;
  readonly second: Person;
  readonly reason: string;
  propose(change: AccessChange, key?: string): ReturnType<Person['propose']>;
  found(person: Person, id: string): Promise<ProposalRow>;
  step(
    person: Person,
    action: 'approve' | 'refuse' | 'withdraw',
    id: string,
    input?: Record<string, unknown>,
  ): Promise<unknown>;
  /** Applied for by one and agreed to by the other; answers the application. */
  agree(change: AccessChange): Promise<string>;
  /** Roles are judged anew every two seconds, sessions every three. */
  aWhile(): void;
}

/** Signs both in. */
export const accessChanges = async (served: ServedProduct): Promise<AccessChanges> => {
  const first = served.client(accessChangeContract, await served.signIn('security1'));
  const second = served.client(accessChangeContract, await served.signIn('security2'));
  const reason = '岗位调整，见人事通知';
  const propose: AccessChanges['propose'] = (change, key = randomUUID()) => first.propose({ key, change, reason });
  const found: AccessChanges['found'] = async (person, id) => {
    const row = (await person.list({})).rows.find((one) => one.id === id);
    if (!row) throw new Error('the application is not in the list');
    return row;
  };
  const step: AccessChanges['step'] = async (person, action, id, input = {}) =>
    person[action]({ id, version: (await found(first, id)).version, key: randomUUID(), input });
  return {
    first,
    second,
    reason,
    propose,
    found,
    step,
    agree: async (change) => {
      const { id } = await propose(change);
      await step(second, 'approve', id);
      return id;
    },
    aWhile: () => served.clock.advance(4_000),
  };
};

/** A role of an administrator's own making, saved. */
export const customRole = (
  id: string,
  more: Partial<Extract<AccessChange, { kind: 'save-role' }>['role']> = {},
): AccessChange => ({
  kind: 'save-role',
  role: {
    id,
    title: `自定义 ${id}`,
    description: '',
    group: '',
    level: 'platform',
    parents: [],
    excludes: [],
    grants: [],
    ...more,
  },
});
