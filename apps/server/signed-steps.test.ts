import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { roles } from './plans.ts';
import { signedSteps, stepped } from './signed-steps.ts';

let served: ServedProduct;
beforeAll(async () => {
  served = await aServedProduct();
});
afterAll(() => served.close());

test('R42, R55: no lifecycle with steps of people is forgotten when it is asked who signs', () => {
  const known = new Map(stepped.map(({ id, actions }) => [id, actions]));
  const steps = served.product.areas
    .flatMap(({ plan }) => plan.operations)
    .filter(({ path }) => path.includes('/steps/'));
  expect(steps.length).toBeGreaterThan(60);
  const forgotten = steps.filter(({ permission }) => {
    const [stem = '', action = ''] = permission.split(':');
    return !Object.hasOwn(known.get(stem) ?? {}, action);
  });
  expect(forgotten.map(({ id }) => id)).toEqual([]);
});

test('R42: whoever of the platform decides on an enterprise or a withdrawal signs it', () => {
  const signing = roles.filter(
    ({ level, grants }) => level === 'platform' && grants.some(({ permission }) => signedSteps.includes(permission)),
  );
  for (const id of ['elv-registry-first', 'elv-registry-second', 'elv-commission'])
    expect(signing.map((role) => role.id)).toContain(id);
});
