import { isIdentityNo } from './check-digits.ts';
import { familyVehicle } from './family.ts';
import type { Party, SimulatedVehicle } from './vehicle.ts';
import { comparedVehicles } from './vehicles-compared.ts';
import { kindVehicles } from './vehicles-kinds.ts';
import { partyVehicles } from './vehicles-parties.ts';
import { statusVehicles } from './vehicles-status.ts';
import { troubledVehicles } from './vehicles-troubled.ts';

/** The authoritative set of simulated vehicles, by what they are for. */
export const vehicleGroups: readonly { readonly title: string; readonly vehicles: readonly SimulatedVehicle[] }[] = [
  { title: '录入与公安档案的比对', vehicles: comparedVehicles },
  { title: '公安登记的状态', vehicles: statusVehicles },
  { title: '车型、监销与新能源', vehicles: kindVehicles },
  { title: '所有人与代理人', vehicles: partyVehicles },
  { title: '外部系统的异常', vehicles: troubledVehicles },
];

/** The same vehicles by number. */
export const listedVehicles: readonly SimulatedVehicle[] = vehicleGroups.flatMap(({ vehicles }) => vehicles);

/** Everything the simulators know about vehicles and people: the listed ones, the seeded ones, and the endless family. */
export interface Register {
  byVin(vin: string): SimulatedVehicle | undefined;
  byPlate(plateNo: string, plateTypeCode: string): SimulatedVehicle | undefined;
  /** `undefined` for nobody known; made-up persons (born 1900 to 1919, 演示 in the name) are known by rule. */
  person(identityNo: string, name: string): Party | undefined;
  /** Adds a vehicle, or puts it in the place of the one with its VIN. */
  seed(vehicle: SimulatedVehicle): void;
  all(): readonly SimulatedVehicle[];
}

const partiesOf = (vehicle: SimulatedVehicle): readonly Party[] =>
  vehicle.agent ? [vehicle.owner, vehicle.agent] : [vehicle.owner];

const madeUp = (identityNo: string, name: string): Party | undefined => {
  const year = Number(identityNo.slice(6, 10));
  if (!isIdentityNo(identityNo) || year < 1900 || year > 1919 || !name.includes('演示')) return undefined;
  return { kind: 'person', name, identityNo, phone: '', address: '', identityAnswer: 'truthful' };
};

const plateKey = ({ policeFile: { plateNo, plateTypeCode } }: SimulatedVehicle): string =>
  `${plateNo} ${plateTypeCode}`;

/** A register over the listed vehicles and those seeded before. */
export const registerOf = (seeded: readonly SimulatedVehicle[]): Register => {
  const vehicles = new Map<string, SimulatedVehicle>();
  const plates = new Map<string, SimulatedVehicle>();
  const people = new Map<string, Party>();
  const add = (vehicle: SimulatedVehicle): void => {
    const replaced = vehicles.get(vehicle.papers.vin);
    if (replaced) plates.delete(plateKey(replaced));
    vehicles.set(vehicle.papers.vin, vehicle);
    plates.set(plateKey(vehicle), vehicle);
    for (const party of partiesOf(vehicle)) people.set(party.identityNo, party);
  };
  for (const vehicle of [...listedVehicles, ...seeded]) add(vehicle);
  return {
    byVin: (vin) => vehicles.get(vin) ?? familyVehicle(vin),
    byPlate: (plateNo, plateTypeCode) => plates.get(`${plateNo} ${plateTypeCode}`),
    person: (identityNo, name) => people.get(identityNo) ?? madeUp(identityNo, name),
    seed: add,
    all: () => [...vehicles.values()],
  };
};
