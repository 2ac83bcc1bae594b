import { familyVehicle, familyVin } from '../register/family.ts';
import { listedVehicles } from '../register/register.ts';
import type { Party, SimulatedVehicle } from '../register/vehicle.ts';

/** A made-up citizen as the simulated one-stop service knows them. */
export interface OneStopCitizen {
  readonly userId: string;
  readonly name: string;
  readonly about: string;
  /** The kind of paper they are known by; a resident identity card (01) where it is not said. */
  readonly idType?: string;
  readonly identityNo: string;
  readonly mobile: string;
  readonly level: 'L1' | 'L2' | 'L3' | 'L4';
}

const ownerOf = (vehicle: SimulatedVehicle | undefined): Party => {
  if (!vehicle) throw new Error('there is no such simulated vehicle');
  return vehicle.owner;
};

const owning = (
  userId: string,
  { name, identityNo, phone }: Party,
  level: OneStopCitizen['level'],
  about: string,
): OneStopCitizen => ({ userId, name, about, identityNo, mobile: phone, level });

const agent = listedVehicles[61]?.agent;

/** Whom one may be at the simulated one-stop service. The first two own a vehicle, the third is somebody's agent, two are not known well enough, and the last is known by a passport. */
export const oneStopCitizens: readonly OneStopCitizen[] = [
  owning('osp-1001', ownerOf(listedVehicles[0]), 'L4', '名下有车，刷脸实名（L4）'),
  owning('osp-1002', ownerOf(familyVehicle(familyVin(620_001))), 'L3', '名下有车，证件实名（L3）'),
  ...(agent ? [owning('osp-1003', agent, 'L3', '替他人代办，证件实名（L3）')] : []),
  owning('osp-1004', ownerOf(listedVehicles[2]), 'L2', '只有手机实名（L2），级别不足'),
  owning('osp-1005', ownerOf(listedVehicles[3]), 'L1', '只有口令（L1），级别不足'),
  {
    userId: 'osp-1006',
    name: '护照六六演示',
    about: '以护照实名，不是居民身份证，网上不能办理',
    idType: '02',
    identityNo: 'E00000066',
    mobile: '13800000466',
    level: 'L3',
  },
];

/** The vehicles of a person, those of the register and the endless family's that citizens here own. */
export const vehiclesOf = (identityNo: string, all: readonly SimulatedVehicle[]): readonly SimulatedVehicle[] => {
  const family = familyVehicle(familyVin(620_001));
  return [...all, ...(family ? [family] : [])].filter(({ owner }) => owner.identityNo === identityNo);
};
