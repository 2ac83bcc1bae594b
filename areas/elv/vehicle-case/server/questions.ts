import { identity } from '#connectors/identity/exchanges.ts';
import { police } from '#connectors/police/exchanges.ts';
import { type Message, messageTo } from '#kernel/connector/connector.ts';
import { faultsOf } from '#kernel/fields/field.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { type CheckKind, isRegistered, type VehicleCase } from '../model/vehicle-case.record.ts';
import type { SectionId } from '../model/vehicle-case.views.ts';

/** A question that can be asked about a case as it stands. `asked` is what it is about, in order. */
export interface Question {
  readonly kind: CheckKind;
  readonly asked: readonly string[];
  readonly message: (reference: string) => Message;
}

/** Every kind of question. */
export const checkKinds: readonly CheckKind[] = [
  'owner-identity',
  'agent-identity',
  'collector-identity',
  'vehicle-status',
  'owner-consistency',
  'accepted-elsewhere',
];

/** A value that is filled and passes its own field's rules. */
const sound = (record: VehicleCase, section: SectionId, field: string): string | null => {
  const draft = record.sections[section];
  const value = draft[field];
  if (typeof value !== 'string' || value === '') return null;
  return faultsOf(sections[section].fields, draft).some((fault) => fault.field === field) ? null : value;
};

const person = (
  record: VehicleCase,
  kind: CheckKind,
  section: SectionId,
  name: string,
  number: string,
): Question | null => {
  const [who, identityNo] = [sound(record, section, name), sound(record, section, number)];
  if (who === null || identityNo === null) return null;
  return {
    kind,
    asked: [who, identityNo],
    message: (reference) => messageTo(identity, 'verify-person', { reference, name: who, identityNo }),
  };
};

const vehicleStatus = (record: VehicleCase): Question | null => {
  const [vin, plateNo, plateTypeCode] = [
    sound(record, 'papers', 'vin'),
    sound(record, 'papers', 'plateNo'),
    sound(record, 'papers', 'plateTypeCode'),
  ];
  if (!isRegistered(record) || vin === null || plateNo === null || plateTypeCode === null) return null;
  return {
    kind: 'vehicle-status',
    asked: [vin, plateNo, plateTypeCode],
    message: (reference) => messageTo(police, 'check-vehicle', { reference, vin, plateNo, plateTypeCode }),
  };
};

const ownerConsistency = (record: VehicleCase): Question | null => {
  const [vin, ownerName] = [sound(record, 'papers', 'vin'), sound(record, 'owner', 'ownerName')];
  const identityNo = sound(record, 'owner', 'ownerIdentityNo') ?? sound(record, 'owner', 'ownerCreditCode');
  if (!isRegistered(record) || vin === null || ownerName === null || identityNo === null) return null;
  return {
    kind: 'owner-consistency',
    asked: [vin, ownerName, identityNo],
    message: (reference) => messageTo(police, 'compare-owner', { reference, vin, ownerName, identityNo }),
  };
};

const acceptedElsewhere = (record: VehicleCase, enterpriseCode: string): Question | null => {
  const vin = sound(record, 'papers', 'vin');
  if (!isRegistered(record) || vin === null) return null;
  return {
    kind: 'accepted-elsewhere',
    asked: [vin],
    message: (reference) => messageTo(police, 'check-duplicate-acceptance', { reference, vin, enterpriseCode }),
  };
};

/** The questions that the case, as filled so far, gives rise to. Source: tender R01, R02, R07, R60. */
export const questionsOf = (record: VehicleCase, enterpriseCode: string): readonly Question[] => {
  const { owner, agent } = record.sections;
  const all = [
    owner.ownerKind === 'organisation'
      ? null
      : person(record, 'owner-identity', 'owner', 'ownerName', 'ownerIdentityNo'),
    agent.hasAgent === true ? person(record, 'agent-identity', 'agent', 'agentName', 'agentIdentityNo') : null,
    person(record, 'collector-identity', 'collection', 'collectorName', 'collectorIdentityNo'),
    vehicleStatus(record),
    ownerConsistency(record),
    acceptedElsewhere(record, enterpriseCode),
  ];
  return all.filter((one) => one !== null);
};
