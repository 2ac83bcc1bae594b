import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Hook } from '#kernel/lifecycle/engine.ts';
import { partsOfSections } from '../model/photo-parts.ts';
import type { VehicleCaseAction } from '../model/vehicle-case.lifecycle.ts';
import { assertableStates, assertedSections, type VehicleCase } from '../model/vehicle-case.record.ts';
import { findClaimedVehicle, keepOnlyClaim } from './claim.store.ts';
import { listPhotoIds, restorePhotos, retirePart } from './photo.store.ts';
import { type FoundCase, recordAtStep } from './vehicle-case.store.ts';

type CaseHook = Hook<VehicleCase, FoundCase>;

const assertedParts = partsOfSections(assertedSections);
const deregistrationParts = partsOfSections(['deregistration']);

/** As what the vehicle was accepted is said by its claim and by the record at the last step, whatever has been typed since. */
const noteAccepted =
  (crypto: Crypto): CaseHook =>
  async ({ tx, before, after, actor, now }) => {
    const { record } = after;
    const state = assertableStates.find((one) => one === before.state);
    if (!record.identity || !state) return {};
    const { papers, owner, agent } = ((await recordAtStep(crypto, before.loaded)) ?? before.record).sections;
    const vin = (await findClaimedVehicle(tx, before.id)) ?? record.identity.was.vin;
    const accepted = {
      state,
      since: now.toISOString(),
      deadlineAt: before.loaded.row.deadline_at?.toISOString() ?? null,
      sections: { papers, owner, agent },
      photoIds: await listPhotoIds(tx, before.id, assertedParts),
      supervision: before.record.supervision,
      returnReason: before.record.returnReason,
    };
    // What proved an earlier assertion proves nothing of this one.
    await retirePart(tx, before.id, 'identity-proof', actor.id, now);
    const was = { vin, plateNo: String(papers.plateNo ?? '') };
    const registered = papers.registeredWithPolice !== false;
    return { record: { ...record, identity: { ...record.identity, registered, was, accepted } } };
  };

/** What was asserted and came to nothing is given up; what the case was accepted for it keeps. */
const dropAsserted: CaseHook = async ({ tx, after: { id, record } }) => {
  if (record.identity) await keepOnlyClaim(tx, id, record.identity.was.vin);
  return {};
};

/** The vehicle on the old papers is free once the case goes on as another's, and not before: nothing else may be certified for it meanwhile. */
const settleClaim: CaseHook = async ({ tx, after: { id, state, record } }) => {
  if (state === 'dismantling') await keepOnlyClaim(tx, id, String(record.sections.papers.vin));
  return {};
};

/** Papers, photographs and claim as the case was accepted with; what was put in since stays as evidence, out of its place. */
const restoreAccepted: CaseHook = async ({ tx, after: { id, record }, actor, now }) => {
  const { identity, ...rest } = record;
  if (!identity?.accepted) throw new Error(`case ${id} has nothing to go back to`);
  const { accepted, earlier, was } = identity;
  await keepOnlyClaim(tx, id, was.vin);
  await restorePhotos(tx, id, { parts: assertedParts, ids: accepted.photoIds, by: actor.id, at: now });
  const { sections, supervision } = accepted;
  const restored = { ...rest, sections: { ...record.sections, ...sections }, supervision };
  return { record: earlier ? { ...restored, identity: earlier } : restored };
};

/** The photographs of a deregistration are about the certificate that was taken back; what the next one is deregistered by is photographed anew. */
const dropDeregistration: CaseHook = async ({ tx, after: { id }, actor, now }) => {
  for (const part of deregistrationParts) await retirePart(tx, id, part, actor.id, now);
  return {};
};

/** The hooks an asserted identity needs. */
export const identityHookNames = [
  'note-accepted',
  'drop-asserted',
  'settle-claim',
  'restore-accepted',
  'drop-deregistration',
] as const;

/** What steps about an asserted identity do beside the record. Source: ADR 0053. */
export const identityHooks = (crypto: Crypto): Readonly<Record<(typeof identityHookNames)[number], CaseHook>> => ({
  'note-accepted': noteAccepted(crypto),
  'drop-asserted': dropAsserted,
  'settle-claim': settleClaim,
  'restore-accepted': restoreAccepted,
  'drop-deregistration': dropDeregistration,
});

const dropping: readonly string[] = ['dropIdentity', 'dropIdentityDecision'] satisfies VehicleCaseAction[];

/** Since when the period of a case has stood still that a step lets go on as it was accepted, and when it would have run out; undefined where nothing has. */
export const periodOfAccepted = (
  action: string,
  before: VehicleCase,
): { readonly from: Date; readonly deadline: Date } | undefined => {
  const accepted = dropping.includes(action) ? before.identity?.accepted : undefined;
  return accepted?.deadlineAt ? { from: new Date(accepted.since), deadline: new Date(accepted.deadlineAt) } : undefined;
};
