import { usualSignIn } from '#areas/governance/account/server/account.parts.ts';
import { ensureAccount } from '#areas/governance/account/server/account.store.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aServedProduct, type ServedProduct } from './served-product.ts';
import { type Caller, captchaWord, codeOf } from './sign-in-door.ts';

/** Somebody with an account of their own. */
interface Somebody {
  readonly id: string;
  readonly userName: string;
}

/** The product as shipped, with a known word on its captchas, and people to try its door with; all have one password. */
export interface Doorway {
  readonly served: ServedProduct;
  readonly password: string;
  aPerson(more?: { readonly roleId?: string; readonly mustChange?: boolean }): Promise<Somebody>;
  anAdministrator(): Promise<Somebody>;
  giveRole(userId: string, roleId: string): Promise<void>;
  /** Leads somebody who must through enrolment, and a minute on. */
  enrol(caller: Caller, userName: string): Promise<{ secret: string; recoveryCodes: string[]; stage: string }>;
  seconds(count: number): void;
  now(): Date;
}

/** Opens the door. */
export const aDoorway = async (): Promise<Doorway> => {
  const served = await aServedProduct('2026-11-23T02:00:00Z', { ...usualSignIn, captchaText: () => captchaWord });
  const { database, clock, product } = served;
  const password = 'Wall-and-gate-7';
  const passwordHash = await hashPassword(password);
  const seconds = (count: number): void => clock.advance(count * 1_000);
  let made = 0;
  const giveRole: Doorway['giveRole'] = async (userId, roleId) => {
    const by = { id: 'test', name: '测试', organisationId: null, ip: '' };
    const change = { by, what: { why: 'test' }, at: clock.now(), traceId: 'test' };
    await inTransaction(database.db, (tx) =>
      product.accessList.change(tx, change, (list) => ({
        ...list,
        holdings: [...list.holdings, { subjectId: userId, roleId }],
      })),
    );
    await product.access.check();
  };
  const aPerson: Doorway['aPerson'] = async ({ roleId, mustChange = false } = {}) => {
    made += 1;
    const one = { id: `door-${made}`, userName: `walker${made}` };
    const account = { ...one, name: '门口演示', organisationId: null, passwordHash, mustChange };
    await ensureAccount(database.db, { ...account, at: clock.now() });
    if (roleId !== undefined) await giveRole(one.id, roleId);
    return one;
  };
  return {
    served,
    password,
    aPerson,
    giveRole,
    seconds,
    anAdministrator: () => aPerson({ roleId: 'system-administrator' }),
    enrol: async (caller, userName) => {
      await caller.signIn(userName, password);
      const { ticket, secret } = (await caller.ask('POST', '/governance/session/enrolment')).body;
      const said = { ticket, code: codeOf(secret, clock.now()) };
      const { body } = await caller.ask('PUT', '/governance/session/enrolment', said);
      seconds(60);
      return { secret, recoveryCodes: body.recoveryCodes, stage: body.progress.stage };
    },
    now: () => clock.now(),
  };
};
