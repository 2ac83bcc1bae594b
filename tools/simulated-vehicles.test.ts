import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { vehicleGroups } from '#apps/simulators/register/register.ts';
import type { Papers, SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { isYellowLabelSuspect, judgeSupervision } from '#areas/elv/vehicle-case/model/supervision.ts';
import { buildOf } from '#areas/elv/vehicle-case/model/vehicle-class.ts';
import { judgeStatus, type StatusVerdict } from '#areas/elv/vehicle-case/model/vehicle-status.ts';
import { compareValues } from '#practices/comparison/model/compare-values.ts';
import { isShanghaiPlate } from '#practices/vehicle/model/plate.ts';
import { guideFile, simulatedVehiclesGuide } from './simulated-vehicles.ts';

const guide = readFileSync(guideFile, 'utf8');
const vehicles = vehicleGroups.flatMap((group) => group.vehicles);
const named = (all: readonly SimulatedVehicle[]) =>
  all.map((vehicle) => [vehicle.papers.plateNo, vehicle.shows, vehicle] as const);

test('T6.1: the guide to the simulated vehicles is up to date (node tools/simulated-vehicles.ts)', () => {
  expect(guide).toBe(simulatedVehiclesGuide());
  expect(guide).not.toMatch(/\{\{|undefined/);
});

test('T6.1: every plate the guide recommends is a simulated one', () => {
  const [words = ''] = guide.split('## 车辆');
  const plates = [...words.matchAll(/[沪苏浙][A-Z][A-Z0-9]{4,6}挂?/g)].map(([plate]) => plate);
  expect(plates.length).toBeGreaterThan(25);
  const known = new Set(vehicles.map(({ papers }) => papers.plateNo));
  expect(plates.filter((plate) => !known.has(plate))).toEqual([]);
});

// What the guide says of a vehicle is what the product's own rules make of it.

const said: Readonly<Record<StatusVerdict, RegExp>> = {
  pass: /放行/,
  notice: /放行/,
  manual: /人工核实/,
  block: /阻断/,
};
const status = vehicleGroups.find(({ title }) => title.includes('状态'))?.vehicles ?? [];

describe('what the guide says comes true', () => {
  test.each(named(status))('R01: police status of %s: %s', (_plate, shows, { statusCodes, pledged, sealed }) => {
    const { verdict, report } = judgeStatus({ statusCodes: [...statusCodes], pledged, sealed });
    expect(shows).toMatch(said[verdict]);
    expect(shows.includes('向公安报告')).toBe(report);
  });

  test.each(named(vehicles))(
    'R04: supervision and build of %s: %s',
    (_plate, shows, { papers, supervisedHint, batteryCodes }) => {
      const { supervised, askPerson } = judgeSupervision(papers.vehicleTypeCode, papers.useNatureCode);
      const { newEnergy } = buildOf(papers);
      expect(supervised || supervisedHint).toBe(/监销/.test(shows) && !/不监销/.test(shows));
      expect(askPerson).toBe(/需人工确认/.test(shows));
      expect(newEnergy).toBe(/^新能源/.test(shows));
      expect(batteryCodes.length > 0).toBe(newEnergy);
      expect(isYellowLabelSuspect(papers.fuelTypeCode, papers.registrationDate)).toBe(/黄标/.test(shows));
      expect(isShanghaiPlate(papers.plateNo)).toBe(!/外省市/.test(shows));
    },
  );

  const compared = [
    'vin',
    'plateNo',
    'plateTypeCode',
    'vehicleTypeCode',
    'useNatureCode',
    'fuelTypeCode',
    'brandModel',
    'engineNo',
    'registrationDate',
  ] as const satisfies readonly (keyof Papers)[];
  const different = ({ papers, policeFile, owner, policeOwner, behaviour }: SimulatedVehicle): number =>
    compared.filter((field) => compareValues(papers[field], policeFile[field]).verdict !== 'equal').length +
    (owner.name === policeOwner.name && owner.identityNo === policeOwner.identityNo ? 0 : 1) +
    (behaviour.policeBlanks?.length ?? 0);
  const numbers = ['一', '两', '三'];

  test.each(named(vehicleGroups[0]?.vehicles ?? []))('R02: comparison of %s: %s', (_plate, shows, vehicle) => {
    const count = different(vehicle);
    expect(/一致，|归一后一致|完全一致/.test(shows) && !/不得当作一致/.test(shows)).toBe(count === 0);
    const counted = /(.)项不一致/.exec(shows)?.[1];
    if (counted !== undefined) expect(numbers.indexOf(counted) + 1).toBe(count);
  });
});
