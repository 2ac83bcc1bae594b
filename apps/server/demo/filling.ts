import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { assembliesOf } from '#areas/elv/vehicle-case/model/major-assembly.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';

/** What a person filling in a case knows: the vehicle before them, and the time. */
export interface FillingScene {
  readonly vehicle: Pick<SimulatedVehicle, 'papers' | 'owner' | 'agent' | 'batteryCodes'>;
  readonly registered: boolean;
  readonly now: Date;
}

type Filling = (scene: FillingScene) => AnyDraft;

const minutesBefore = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

const papers: Filling = ({ vehicle: { papers: paper }, registered, now }) => {
  const due = paper.mandatoryScrapDate !== null && paper.mandatoryScrapDate <= shanghaiDay(now);
  const common = {
    registeredWithPolice: registered,
    vin: paper.vin,
    vehicleTypeCode: paper.vehicleTypeCode,
    useNatureCode: paper.useNatureCode,
    fuelTypeCode: paper.fuelTypeCode,
    brandModel: paper.brandModel,
    engineNo: paper.engineNo,
    curbWeightKg: paper.curbWeightKg,
    bodyColourCode: paper.bodyColourCode,
    scrapReason: due ? 'mandatory' : 'voluntary',
  };
  if (!registered) return common;
  return {
    ...common,
    plateNo: paper.plateNo,
    plateTypeCode: paper.plateTypeCode,
    registrationDate: paper.registrationDate,
    ...(paper.mandatoryScrapDate === null ? {} : { mandatoryScrapDate: paper.mandatoryScrapDate }),
  };
};

const standingOf = (name: string): string =>
  name.includes('已注销') ? 'deregistered' : name.includes('清算') ? 'bankrupt' : 'active';

const owner: Filling = ({ vehicle: { owner: party } }) => {
  const common = { ownerKind: party.kind, ownerName: party.name, ownerPhone: party.phone, ownerAddress: party.address };
  return party.kind === 'person'
    ? { ...common, ownerIdentityNo: party.identityNo }
    : {
        ...common,
        ownerCreditCode: party.identityNo,
        organisationStanding: standingOf(party.name),
        responsiblePerson: '负责人演示',
      };
};

const agent: Filling = ({ vehicle: { agent: party } }) =>
  party === null
    ? { hasAgent: false }
    : { hasAgent: true, agentName: party.name, agentIdentityNo: party.identityNo, agentPhone: party.phone };

const dismantling: Filling = ({ vehicle, now }) => ({
  roofOrBeamCutAt: minutesBefore(now, 50),
  assembliesDismantledAt: minutesBefore(now, 20),
  dismantledOn: shanghaiDay(now),
  assemblies: assembliesOf(vehicle.papers).map((kind) => ({
    kind,
    quantity: 1,
    disposition: kind === 'engine' || kind === 'transmission' ? 'remanufacture' : 'scrap-metal',
    destination: kind === 'engine' || kind === 'transmission' ? '演示再制造有限公司' : '演示钢铁有限公司',
  })),
  ...(vehicle.batteryCodes.length > 0 ? { batteryCodes: vehicle.batteryCodes } : {}),
});

const collection: Filling = ({ vehicle: { owner: party, agent: proxy } }) => {
  const person = proxy ?? party;
  const collector = person.kind === 'person' ? person : null;
  return {
    collectorKind: proxy ? 'agent' : collector ? 'owner' : 'other',
    collectorName: collector?.name ?? '张三演示',
    collectorIdentityNo: collector?.identityNo ?? '310101190001010011',
    collectorPhone: '13800000000',
  };
};

const fillings: Readonly<Record<SectionId, Filling>> = {
  papers,
  owner,
  agent,
  tow: ({ now }) => ({
    towSlipNo: `TC${shanghaiDay(now).replaceAll('-', '')}`,
    towedFrom: '上海市浦东新区演示路停车场',
    towPlateNo: '沪A0001T',
  }),
  entry: ({ now }) => ({ enteredAt: minutesBefore(now, 5), odometerKm: 183_000 }),
  dismantling,
  deregistration: ({ now }) => ({
    deregisteredOn: shanghaiDay(now),
    deregistrationProofNo: `ZX${shanghaiDay(now).replaceAll('-', '')}`,
  }),
  collection,
};

/** What a careful clerk enters into a section for this vehicle at this time. */
export const fillingOf = (section: SectionId, scene: FillingScene): AnyDraft => fillings[section](scene);
