import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect } from 'vitest';
import { applicationValues, type QualificationWalker } from '#apps/server/demo/qualification-walk.ts';
import type { QualificationAction } from '#areas/elv/qualification/model/qualification.lifecycle.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { TestProduct } from './product.ts';
import { type RegistryPeople, registryPeople } from './registry-hands.ts';
import { aJpeg } from './sample-files.ts';

/** People at work on qualifications over HTTP. */
export type QualificationPeople = RegistryPeople<QualificationAction>;

/** Hands that reach the qualifications of a product as any browser would. */
export const qualificationPeople = (it: Pick<TestProduct, 'url'>): QualificationPeople =>
  registryPeople<QualificationAction>(it, qualificationRegistry);

/** A walker for the made-up yard of that number, 1 to 5. */
export const qualificationWalker = (
  it: TestProduct,
  people: QualificationPeople,
  number: number,
): QualificationWalker => {
  const today = (): string => shanghaiDay(it.clock.now());
  return {
    hands: people,
    cast: { clerk: `clerk${number}` },
    values: applicationValues(number, today()),
    picture: () => aJpeg(),
    newKey: randomUUID,
    today,
    settle: it.settle,
  };
};

/** Takes every qualification away, so that a test has the city to itself: yards are five, tests are more. */
export const forgetQualifications = async (it: TestProduct): Promise<void> => {
  await it.settle();
  const asked = ['penalty', 'penalty_asking', 'complaint', 'complaint_asking'];
  const enforced = ['enforcement_event', 'enforcement_asking'];
  for (const table of ['registry_file', 'registry_check', ...asked, ...enforced, 'standing', 'registry_entry'])
    await sql`delete from ${sql.table(`elv_qualification.${table}`)}`.execute(it.database.ownerDb);
};

/** Before each test of a file there are no qualifications and it is a Monday morning; behind each the outside systems fail no more, and nothing has failed here. */
export const freshForEachTest = (product: () => TestProduct): void => {
  beforeEach(async () => {
    await forgetQualifications(product());
    product().clock.set('2026-11-23T02:00:00Z');
  });
  afterEach(async () => {
    const it = product();
    await it.outside.desk('DELETE', '/faults');
    it.patienceSeconds = undefined;
    await it.settle();
    expect(it.failures).toEqual([]);
  });
};
