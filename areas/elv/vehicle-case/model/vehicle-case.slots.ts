import { doubtsOf } from '#practices/vehicle/model/checked.ts';
import { papersFields } from './papers.fields.ts';
import { partsOf, type VehicleFacts } from './photo-parts.ts';
import { isRegistered, type VehicleCaseRecord } from './vehicle-case.record.ts';
import type { SectionId } from './vehicle-case.views.ts';

/** A place for a photograph, as the case stands. */
export interface Slot {
  readonly part: string;
  readonly title: string;
  readonly section: SectionId;
  readonly hint: string;
  readonly required: boolean;
  /** Asked for, without blocking. */
  readonly wanted: boolean;
  readonly many: boolean;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What is doubtful about a frame number as filled; nothing for one that is sound or refused. Source: domain 0.7, 3.1. */
export const vinDoubts = (vin: unknown): readonly string[] => doubtsOf(papersFields.vin.schema, vin);

/** What the photograph rules need to know of a vehicle and its owner, taken from what has been filled so far. */
export const factsOf = (record: VehicleCaseRecord): VehicleFacts => {
  const { papers, owner, agent, dismantling } = record.sections;
  return {
    registeredWithPolice: isRegistered(record),
    vehicleTypeCode: text(papers.vehicleTypeCode),
    useNatureCode: text(papers.useNatureCode),
    fuelTypeCode: text(papers.fuelTypeCode),
    plateTypeCode: text(papers.plateTypeCode),
    papersMissing: papers.papersMissing === true,
    ownerKind: owner.ownerKind === 'organisation' ? 'organisation' : 'person',
    organisationStanding:
      owner.organisationStanding === 'deregistered' || owner.organisationStanding === 'bankrupt'
        ? owner.organisationStanding
        : 'active',
    hasAgent: agent.hasAgent === true,
    batteryMissing: dismantling.batteryMissing === true,
    vinDoubted: vinDoubts(papers.vin).length > 0,
    identityAsserted: record.identity !== undefined,
  };
};

/** The photographs this vehicle needs or may have in a section. Source: tender R01, R03, R04, R07. */
export const slotsOf = (record: VehicleCaseRecord, section: SectionId): readonly Slot[] =>
  partsOf(section, factsOf(record)).map((part) => ({ ...part, section }));
