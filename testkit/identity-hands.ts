import { expect } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import type { VehicleCaseAction, VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { ElvTables } from '#areas/elv/vehicle-case/server/vehicle-case.tables.ts';
import { type ActingCase, type CaseFactory, caseFactory } from './case-factory.ts';
import { aProduct, type TestProduct } from './product.ts';
import { type WithdrawalPeople, withdrawalPeople } from './withdrawal-hands.ts';

/** What the yard does when another vehicle than the one on the papers is asserted, over HTTP, and what is looked at then. Source: ADR 0053. */
export const identityHands = (it: TestProduct, cases: CaseFactory, readers: WithdrawalPeople) => {
  /** The same case, about the vehicle it truly is. */
  const truly = (acting: ActingCase): ActingCase => ({
    ...acting,
    walker: { ...acting.walker, vehicle: cases.walker().vehicle },
  });
  return {
    truly,
    /** A case in the state, asserted to be about another vehicle: as it was, and as it truly is. */
    asked: async (state: VehicleCaseState): Promise<{ wrong: ActingCase; true: ActingCase }> => {
      const wrong = await cases.at(state);
      await it.settle();
      await cases.take(wrong, 'requestIdentity');
      return { wrong, true: truly(wrong) };
    },
    handIn: async (acting: ActingCase): Promise<void> => {
      await fill(acting.walker, acting.id, ['papers', 'owner']);
      await it.settle();
      it.clock.advance(1);
      await cases.take(acting, 'submitIdentity');
      await it.settle();
    },
    /** The case that has the vehicle. */
    claimedBy: async (vin: string): Promise<string | undefined> =>
      (
        await it.database.db
          .withTables<ElvTables>()
          .selectFrom('elv.vehicle_claim')
          .select('case_id')
          .where('vin', '=', vin)
          .executeTakeFirst()
      )?.case_id,
    /** What comes of printing the certificate, as an HTTP status. */
    printing: async (who: string, id: string): Promise<number> => {
      const { cookie } = await readers.as(who);
      const reply = await fetch(`${it.url}/api/elv/vehicle-cases/${id}/certificate.pdf`, { headers: { cookie } });
      await reply.arrayBuffer();
      return reply.status;
    },
    takeAll: async (acting: ActingCase, ...actions: readonly VehicleCaseAction[]): Promise<void> => {
      for (const action of actions) await cases.take(acting, action);
    },
  };
};

/** A product with cases from a vehicle on, and people to read and assert. */
export const identityScene = async (firstVehicle: number) => {
  const it = await aProduct();
  const cases = caseFactory(it, firstVehicle);
  const readers = withdrawalPeople(it);
  return { it, cases, readers, hands: identityHands(it, cases, readers) };
};

/** Takes scripted faults away and lets everything come to rest. Errors: fails where something went wrong in the background. */
export const comeToRest = async (it: TestProduct): Promise<void> => {
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
  expect(it.failures).toEqual([]);
};
