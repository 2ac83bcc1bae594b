import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import { police } from '#connectors/police/exchanges.ts';
import { type Message, messageTo } from '#kernel/connector/connector.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { nationalFuelCode, nationalUseNatureCode } from '#practices/vehicle/model/code-mapping.ts';
import { isSupervised, type VehicleCase } from '../model/vehicle-case.record.ts';
import type { AssemblyLine } from '../model/yard.fields.ts';

/** What a message is made from: the case, its photographs with their files, and its enterprise. */
export interface MessageScene {
  readonly caseNo: string;
  readonly round: number;
  readonly record: VehicleCase;
  readonly photos: readonly { readonly part: string; readonly sm3: string; readonly fileId: string }[];
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly now: Date;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const orNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const codes = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const photosOf = (scene: MessageScene, parts?: readonly string[]): { kind: string; sm3: string; ref: string }[] =>
  scene.photos
    .filter(({ part }) => parts === undefined || parts.includes(part))
    .map(({ part, sm3, fileId }) => ({ kind: part, sm3, ref: `file://${fileId}` }));

const partyOf = (
  name: unknown,
  identityNo: unknown,
  phone: unknown,
): { name: string; identityNo: string; phone: string } => ({
  name: text(name),
  identityNo: text(identityNo),
  phone: text(phone),
});

const certificateNo = (record: VehicleCase): string => {
  if (!record.certificate) throw new Error('the case has no certificate yet');
  return record.certificate.certificateNo;
};

/**
 * A national code. Where there is none, what is sent is no code of theirs: the other side then refuses it by name, and cannot take our letter for one
 * of its own that means something else. Source: domain 0.6.
 */
const mapped = (value: unknown, map: (code: string) => string | undefined): string => {
  const code = text(value);
  return map(code) ?? (code === '' ? '' : `?${code}`);
};

const scrapCase = (scene: MessageScene): Message => {
  const { papers, owner, agent, dismantling } = scene.record.sections;
  // Filled by the section's schema; the step's guard has checked it.
  const assemblies = (dismantling.assemblies ?? []) as readonly AssemblyLine[];
  return messageTo(nationalCirculation, 'submit-scrap-case', {
    caseNo: scene.caseNo,
    round: scene.round,
    enterpriseCode: scene.enterprise.code,
    vehicle: {
      vin: text(papers.vin),
      plateNo: text(papers.plateNo),
      plateTypeCode: text(papers.plateTypeCode),
      vehicleTypeCode: text(papers.vehicleTypeCode),
      useNatureCode: mapped(papers.useNatureCode, nationalUseNatureCode),
      fuelTypeCode: mapped(papers.fuelTypeCode, nationalFuelCode),
      engineNo: text(papers.engineNo),
      brandModel: text(papers.brandModel),
      curbWeightKg: typeof papers.curbWeightKg === 'number' ? papers.curbWeightKg : null,
      registrationDate: orNull(papers.registrationDate),
      tractionBatteryCodes: codes(dismantling.batteryCodes),
    },
    owner: {
      kind: owner.ownerKind === 'organisation' ? 'organisation' : 'person',
      ...partyOf(owner.ownerName, owner.ownerIdentityNo ?? owner.ownerCreditCode, owner.ownerPhone),
      address: text(owner.ownerAddress),
    },
    agent: agent.hasAgent === true ? partyOf(agent.agentName, agent.agentIdentityNo, agent.agentPhone) : null,
    handedOverOn: shanghaiDay(new Date(scene.record.handedOverAt ?? scene.now)),
    supervised: isSupervised(scene.record),
    assemblies: assemblies.map(({ kind, quantity, disposition }) => ({ kind, qty: quantity, disposition })),
    photos: photosOf(scene),
  });
};

const supervised = (scene: MessageScene): Message => {
  const { papers, dismantling } = scene.record.sections;
  return messageTo(police, 'submit-supervised-dismantling', {
    caseNo: scene.caseNo,
    round: scene.round,
    vin: text(papers.vin),
    // The police name vehicles without a plate so. Source: GA/T 16.7, code 41.
    plateNo: text(papers.plateNo) || '无号牌',
    photos: photosOf(scene),
    videoRefs: [],
    dismantledOn: text(dismantling.dismantledOn),
    roofLiftedAt: text(dismantling.roofOrBeamCutAt),
    assembliesDismantledAt: text(dismantling.assembliesDismantledAt),
  });
};

/** What was reported under a wrong identity, or of a vehicle that was not the one dismantled, is taken back. */
const takenBack = (scene: MessageScene): Message =>
  messageTo(nationalCirculation, 'withdraw-scrap-case', {
    externalCaseId: scene.record.externalCaseId ?? '',
    certificateNo: scene.record.certificate?.certificateNo ?? null,
    // The number of a withdrawal names why; this one is none the enterprise applied for.
    withdrawalNo: `${scene.caseNo}-ID`,
    round: scene.round,
    reason: scene.record.identity?.reason ?? '',
  });

const recycled = (scene: MessageScene): Message =>
  messageTo(police, 'notify-recycled', {
    certificateNo: certificateNo(scene.record),
    vin: text(scene.record.sections.papers.vin),
    plateNo: text(scene.record.sections.papers.plateNo),
    recycledOn: shanghaiDay(new Date(scene.record.handedOverAt ?? scene.now)),
    enterpriseCode: scene.enterprise.code,
    enterpriseName: scene.enterprise.name,
  });

const plateDestruction = (scene: MessageScene): Message | null => {
  const photos = photosOf(scene, ['destroyed-plate']);
  // A vehicle whose plates were lost or declared void has none to destroy.
  if (photos.length === 0) return null;
  return messageTo(police, 'confirm-plate-destruction', {
    certificateNo: certificateNo(scene.record),
    plateNo: text(scene.record.sections.papers.plateNo),
    photos,
  });
};

const deregistration = (scene: MessageScene): Message =>
  messageTo(nationalCirculation, 'submit-deregistration', {
    externalCaseId: scene.record.externalCaseId ?? '',
    certificateNo: certificateNo(scene.record),
    round: scene.round,
    deregisteredOn: text(scene.record.sections.deregistration.deregisteredOn),
    materials: photosOf(scene, ['deregistration-proof']),
  });

/** The message of each declared `send` effect; null when this vehicle gives no cause for it. */
export const messageMakers: Readonly<Record<string, (scene: MessageScene) => Message | null>> = {
  'police.submit-supervised-dismantling': supervised,
  'police.notify-recycled': recycled,
  'police.confirm-plate-destruction': plateDestruction,
  'national-circulation.withdraw-scrap-case': takenBack,
  'national-circulation.submit-scrap-case': scrapCase,
  'national-circulation.submit-deregistration': deregistration,
};
