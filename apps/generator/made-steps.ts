import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { outsideActor } from '#areas/elv/vehicle-case/server/answer-scene.ts';
import { canonical } from '#kernel/audit/canonical.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db } from '#kernel/db/database.ts';
import { findAction, widened } from '#kernel/lifecycle/lifecycle.ts';
import { type PersonalSigner, personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { certificateYears } from '#kernel/lifecycle/signing-certificate.store.ts';
import { firstPrev, type StepActor, stepDigest } from '#kernel/lifecycle/step.store.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { StepRow } from './past-rows.ts';
import { trialPeople, type Yard } from './people.ts';

const lifecycle = widened(vehicleCase);

/** Signs steps as if their time were now. */
export type SignAt = (at: Date) => PersonalSigner;

const actorOf = (chance: Chance, yard: Yard, action: string): StepActor => {
  const by = findAction(lifecycle, action)?.by;
  if (by === 'police' || by === 'national') return outsideActor(by);
  if (by === 'dismantler')
    return { ...chance.of(yard.clerks), organisationId: yard.id, organisationName: yard.name, ip: '' };
  const some = by === 'vehicleDesk' ? trialPeople.desks : trialPeople.commission;
  return { ...chance.of(some), organisationId: null, organisationName: null, ip: '' };
};

/** The steps of a life as their rows, chained and digested, signed by nobody. `key` begins the keys of its steps. */
export const stepRows = (chance: Chance, yard: Yard, id: string, life: Life, key: string): readonly StepRow[] => {
  const recordDigest = sm3Hex(canonical({ ...life.record, photos: [] }));
  let prev = firstPrev;
  return life.steps.map((step, at): StepRow => {
    const actor = actorOf(chance, yard, step.action);
    const body = {
      seq: at + 1,
      stepKey: `${key}:${at + 1}`,
      action: step.action,
      fromState: step.from,
      toState: step.to,
      round: step.round,
      version: step.version,
      actorId: actor.id,
      actorName: actor.name,
      actorOrganisationId: actor.organisationId,
      organisationName: actor.organisationName,
      at: step.at,
      input: step.input,
      recordDigest,
      changes: [],
      prev,
    };
    const digest = stepDigest(lifecycle.id, id, body);
    const row: StepRow = {
      case_type: lifecycle.id,
      case_id: id,
      seq: body.seq,
      step_key: body.stepKey,
      action: step.action,
      from_state: step.from,
      to_state: step.to,
      round: step.round,
      version: step.version,
      actor_id: actor.id,
      actor_name: actor.name,
      actor_organisation_id: actor.organisationId,
      organisation_name: actor.organisationName,
      at: step.at,
      input: canonical(step.input),
      record_digest: recordDigest,
      changes: '[]',
      prev,
      digest,
      public_key: null,
      signature: null,
    };
    prev = digest;
    return row;
  });
};

/** The steps with the signatures of whoever took them. */
export const signed = async (db: Db, signAt: SignAt, steps: readonly StepRow[]): Promise<readonly StepRow[]> => {
  const rows: StepRow[] = [];
  for (const row of steps) {
    const bySomebody = findAction(lifecycle, row.action)?.signed;
    const { publicKey, signature } = bySomebody
      ? await signAt(row.at).sign(db, row.actor_id, row.digest)
      : { publicKey: null, signature: null };
    rows.push({ ...row, public_key: publicKey, signature });
  }
  return rows;
};

/** One signer, whose keys and certificates are as old as what they first sign. */
export const signerInThePast = (crypto: Crypto): SignAt => {
  let now = new Date(0);
  const signer = personalSigner(crypto, { now: () => now });
  return (at) => {
    now = at;
    return signer;
  };
};

const everybody = [
  ...trialPeople.yards.flatMap(({ clerks }) => clerks),
  ...trialPeople.desks,
  ...trialPeople.commission,
];

/**
 * Gives everybody who signs a key and certificates for all the time from `since` to `now`, so that several who sign for them at once issue none beside
 * each other.
 */
export const certifySigners = async (db: Db, crypto: Crypto, since: Date, now: Date): Promise<void> => {
  const signAt = signerInThePast(crypto);
  for (const { id } of everybody) {
    // One that ends is followed by the next at its last moment.
    for (const at = new Date(since); at <= now; at.setUTCFullYear(at.getUTCFullYear() + certificateYears)) {
      at.setUTCSeconds(at.getUTCSeconds() + 1);
      await signAt(at).sign(db, id, firstPrev);
    }
    await signAt(now).sign(db, id, firstPrev);
  }
};
