import type { Db } from '#kernel/db/database.ts';
import { listMoves } from '#kernel/lifecycle/step.store.ts';
import type { StageStep } from '../model/stages.ts';
import { type VehicleCaseState, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** A draft that was thrown away never was an application. */
const neverWas: VehicleCaseState = 'discarded';

/** Anybody may begin a draft of any plate. */
const draft: VehicleCaseState = 'intake';

/** The case of a plate whose VIN ends so: the one the vehicle is accepted with, or else the newest; drafts, which claim nothing, come last. */
export const caseOfPlate = (db: Db, plateNo: string, vinTail: string) =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .leftJoin('elv.vehicle_claim', (join) =>
      // A case whose vehicle is in question holds two claims, and may name one it holds none upon.
      join
        .onRef('elv.vehicle_claim.case_id', '=', 'elv.vehicle_case.id')
        .onRef('elv.vehicle_claim.vin', '=', 'elv.vehicle_case.vin'),
    )
    .select(['elv.vehicle_case.id', 'state', 'opened_at as openedAt'])
    .where('plate_no', '=', plateNo)
    .where('vin_reversed', 'like', `${[...vinTail].reverse().join('')}%`)
    .where('state', '!=', neverWas)
    .orderBy((eb) => eb('elv.vehicle_claim.case_id', 'is', null))
    .orderBy((eb) => eb('state', '=', draft))
    .orderBy('opened_at', 'desc')
    .limit(1);

/**
 * Where the case of a plate has come, for somebody who knows the end of its VIN (letters and digits). The same two statements are asked
 * whether or not there is one, so that an answer's time tells nothing.
 */
export const findTrail = async (
  db: Db,
  plateNo: string,
  vinTail: string,
): Promise<{ readonly state: string; readonly openedAt: Date; readonly steps: readonly StageStep[] } | undefined> => {
  const found = await caseOfPlate(db, plateNo, vinTail).executeTakeFirst();
  const id = found?.id ?? 'none';
  const steps = (await listMoves(db, vehicleCase.id, [id])).get(id) ?? [];
  return found && { state: found.state, openedAt: found.openedAt, steps };
};

/** Where a case stands, by its id. */
export const stateOfCase = (
  db: Db,
  caseId: string,
): Promise<{ readonly state: string; readonly openedAt: Date } | undefined> =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(['state', 'opened_at as openedAt'])
    .where('id', '=', caseId)
    .executeTakeFirst();
