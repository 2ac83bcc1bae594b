import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessChangeContract } from '#areas/governance/access-change/model/access-change.contract.ts';
import { findTotp } from '#areas/governance/account/server/second-factor.store.ts';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { resetSecondFactor } from './reset-second-factor.ts';

let served: ServedProduct;
beforeAll(async () => {
  served = await aServedProduct();
});
afterAll(() => served.close());

test('R42: a lost device is replaced by the operator, for a reason, and whoever had it is signed out', async () => {
  const { db } = served.database;
  const security = served.client(accessChangeContract, await served.signIn('security1'));
  await security.roles({});
  const now = served.clock.now();
  await expect(resetSecondFactor(db, 'security1', '', now)).rejects.toThrow(/原因/);
  await expect(resetSecondFactor(db, 'nobody', '手机遗失，已核对', now)).rejects.toThrow(/没有用户名/);
  await resetSecondFactor(db, 'security1', '手机遗失，已当面核对身份', now);
  served.clock.advance(4_000);
  await expect(security.roles({})).rejects.toMatchObject({ status: 401 });
  expect(await findTotp(db, 'demo-security1')).toBeUndefined();
  expect(await lastFactOf(db, { type: 'governance.person', id: 'demo-security1' })).toMatchObject({
    action: 'governance.account.resetSecondFactor',
    detail: { reason: '手机遗失，已当面核对身份', totp: true },
  });
  await expect(resetSecondFactor(db, 'security1', '手机遗失，已核对', now)).rejects.toThrow(/没有绑定/);
});
