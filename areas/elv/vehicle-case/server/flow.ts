import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type EffectScene, type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { CaseStatistics } from '#practices/case-statistics/server/statistics.ts';
import { kindNamed } from '#practices/notice/model/notice-kind.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { CasePassage, CaseSuccession } from '../model/opening.ts';
import { judgeSupervision } from '../model/supervision.ts';
import { type VehicleCaseAction, vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { caseNotices } from '../model/vehicle-case.notices.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import type { ObstacleToAccepting } from './acceptance.ts';
import { askQuestions } from './asking.ts';
import { accessRowOf } from './case-access.ts';
import type { FollowMoves } from './case-moved.ts';
import { referenceOf } from './case-reference.store.ts';
import { changesBetween } from './changes.ts';
import { claimBeside, claimInWords, claimVehicle, findClaimedVehicle, releaseVehicle } from './claim.store.ts';
import { identityHookNames, identityHooks, periodOfAccepted } from './identity-hooks.ts';
import { messageMakers } from './messages.ts';
import { takeBackTold } from './told-police.ts';
import { type FoundCase, keptOf, originOf, recordAtStep, runOn, vehicleCaseStore } from './vehicle-case.store.ts';

/** What the flow of vehicle cases runs on. */
export interface FlowParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly settings: RuntimeSettings;
  readonly signer: PersonalSigner;
  /** Counts what every step leads to, and knows how many cases rest where. */
  readonly statistics: Pick<CaseStatistics, 'count' | 'standing' | 'passDays'>;
  readonly notices: Telling;
  readonly obstacleToAccepting: ObstacleToAccepting;
  /** Who waits outside: told of what every step led to, and of a case that goes on under another enterprise. */
  readonly waiting: {
    moved(tx: Tx, passage: CasePassage): Promise<void>;
    wentOn(tx: Tx, succession: CaseSuccession): Promise<void>;
  };
  /** Told of where steps lead. */
  readonly followMoves: FollowMoves;
}

type Scene = EffectScene<VehicleCase, FoundCase>;
type CaseHook = Hook<VehicleCase, FoundCase>;

/** The questions whose answers together decide the automatic comparison. Source: tender R02. */
export const comparedKinds = ['vehicle-status', 'owner-consistency', 'accepted-elsewhere'] as const;

/** A vehicle is accepted when it is first submitted; what was accepted once goes on, however the enterprise stands since. A corrected frame number is another vehicle. Source: tender R13. */
const accept =
  (obstacleToAccepting: ObstacleToAccepting): CaseHook =>
  async ({ tx, before, after, now }) => {
    const accepted = await findClaimedVehicle(tx, before.id);
    if (accepted !== undefined && accepted === after.record.sections.papers.vin) return {};
    const message = await obstacleToAccepting(tx, before.loaded.row.enterprise_id, now);
    return message === null ? {} : { refusals: [{ why: 'guard', path: '', message }] };
  };

const claimBy =
  (take: typeof claimVehicle): CaseHook =>
  async ({ tx, before, after, now }) => {
    const vin = String(after.record.sections.papers.vin ?? '');
    const { row } = before.loaded;
    const standing = await take(tx, {
      vin,
      case_id: after.id,
      case_no: row.case_no,
      enterprise_id: row.enterprise_id,
      enterprise_name: row.enterprise_name,
      since: now,
    });
    if (standing.case_id === after.id) return {};
    const message = `${claimInWords(standing, row.enterprise_id)}，不能重复受理`;
    return { refusals: [{ why: 'guard', path: 'papers.vin', message }] };
  };

/** What is dismantled is the vehicle that was accepted; that it was not is asserted by a step of its own. Source: ADR 0053. */
const sameVehicle: CaseHook = async ({ tx, before, after }) => {
  const accepted = await findClaimedVehicle(tx, before.id);
  if (accepted === after.record.sections.papers.vin) return {};
  const message = `车辆已拆解，这里不能更正车架号，请改回 ${accepted ?? '受理时的车架号'}；车架号确系登记错误的，请办理“申请更正车辆身份”`;
  return { refusals: [{ why: 'guard', path: 'papers.vin', message }] };
};

const release: CaseHook = async ({ tx, after }) => {
  await releaseVehicle(tx, after.id);
  return {};
};

const judge: CaseHook = async ({ after }) => {
  const { vehicleTypeCode, useNatureCode } = after.record.sections.papers;
  const { supervised } = judgeSupervision(String(vehicleTypeCode ?? ''), String(useNatureCode ?? ''));
  return { record: { ...after.record, supervision: { ...after.record.supervision, byRule: supervised } } };
};

const askForComparison =
  (outbox: Outbox, crypto: Crypto, again: Parameters<typeof askQuestions>[2] = comparedKinds): CaseHook =>
  async ({ tx, before, after, now, traceId }) => {
    const { row, beside } = before.loaded;
    await askQuestions(
      outbox,
      {
        tx,
        crypto,
        caseId: after.id,
        caseNo: row.case_no,
        record: after.record,
        checks: beside.checks,
        enterpriseCode: row.enterprise_code,
        now,
        traceId,
      },
      again,
    );
    return {};
  };

/** Answers that came while the case was frozen moved nothing; they are asked for again, so that the case goes on by itself. */
const resumeComparison =
  (outbox: Outbox, crypto: Crypto): CaseHook =>
  (scene) =>
    scene.after.state === 'comparing' ? askForComparison(outbox, crypto)(scene) : Promise.resolve({});

/** The period of a case stood still while it was held, and runs on with its last hold lifted. */
const resumePeriod =
  (settings: RuntimeSettings): CaseHook =>
  async ({ tx, before, after, now }) => {
    const { held_since: from, held_deadline: deadline } = before.loaded.row;
    const period = getState(widened(vehicleCase), after.state).deadline;
    if (after.holds.length === 0 && from && deadline && period)
      await runOn(tx, after.id, await settings.deadlineAfterPause(period, deadline, { from, to: now }, tx));
    return {};
  };

/** A case that goes on as it was accepted has the time it had; that of the assertion does not count. */
const resumeAccepted = async (
  settings: RuntimeSettings,
  { tx, before, after, now }: Scene,
  action: string,
): Promise<void> => {
  const paused = periodOfAccepted(action, before.record);
  const period = getState(widened(vehicleCase), after.state).deadline;
  if (paused && period)
    await runOn(
      tx,
      after.id,
      await settings.deadlineAfterPause(period, paused.deadline, { from: paused.from, to: now }, tx),
    );
};

const sendFrom =
  (outbox: Outbox) =>
  async (scene: Scene, connector: string, exchange: string): Promise<void> => {
    const make = messageMakers[`${connector}.${exchange}`];
    if (!make) throw new Error(`no message for ${connector}.${exchange}`);
    const { row, beside } = scene.before.loaded;
    const message = make({
      caseNo: row.case_no,
      round: scene.after.round,
      record: scene.after.record,
      photos: beside.photos.map(({ part, sm3, file_id: fileId }) => ({ part, sm3, fileId })),
      enterprise: { code: row.enterprise_code, name: row.enterprise_name },
      now: scene.now,
    });
    if (message)
      await outbox.put(scene.tx, message, { caseType: vehicleCase.id, caseId: scene.after.id, traceId: scene.traceId });
  };

/** Tells people of a step, once for each: the yard's own, or those of the platform where it is theirs to act. Source: tender R02, R06, R07, R57. */
const tellPeople =
  (notices: Telling) =>
  ({ tx, before, after, now }: Scene, notice: string): Promise<void> => {
    const { row } = before.loaded;
    const kind = kindNamed(caseNotices, notice);
    const isYards = kind.permission === caseNotices.returned.permission;
    return notices.raise(tx, {
      kind,
      values: { caseNo: row.case_no, plateNo: row.plate_no },
      matter: { type: vehicleCase.id, id: row.id, row: accessRowOf({ ...row, state: after.state }) },
      occasion: `step ${after.version}`,
      organisationId: isYards ? row.enterprise_id : null,
      at: now,
    });
  };

/** Tells whoever follows cases where a step has led. */
const following =
  ({ followMoves }: FlowParts) =>
  ({ tx, before, after, now, traceId }: Scene, action: string): Promise<void> => {
    const { row } = before.loaded;
    return followMoves(tx, {
      caseId: row.id,
      caseNo: row.case_no,
      version: after.version,
      round: after.round,
      // Steps are taken by names of the lifecycle only.
      action: action as VehicleCaseAction,
      state: after.state,
      stateTitle: getState(widened(vehicleCase), after.state).title,
      enterpriseId: row.enterprise_id,
      reason: after.record.returnReason,
      reference: () => referenceOf(tx, row.id),
      at: now,
      traceId,
    });
  };

/** The hooks a vehicle case's definition may name. */
export const hookNames = [
  'may-accept',
  'claim-vehicle',
  'same-vehicle',
  'claim-asserted',
  'release-vehicle',
  'judge-supervision',
  'ask-comparison',
  'resume-comparison',
  'resume-period',
  'ask-changed',
  'take-back-told',
  ...identityHookNames,
] as const;

/** Builds the engine of the vehicle case. */
export const vehicleCaseEngine = (parts: FlowParts): Engine<VehicleCase, FoundCase> => {
  const { db, crypto, clock, outbox, settings, signer, statistics, notices, obstacleToAccepting, waiting } = parts;
  const follow = following(parts);
  const hooks: Readonly<Record<(typeof hookNames)[number], CaseHook>> = {
    'may-accept': accept(obstacleToAccepting),
    'claim-vehicle': claimBy(claimVehicle),
    'claim-asserted': claimBy(claimBeside),
    'same-vehicle': sameVehicle,
    'release-vehicle': release,
    'judge-supervision': judge,
    'ask-comparison': askForComparison(outbox, crypto),
    'resume-comparison': resumeComparison(outbox, crypto),
    'resume-period': resumePeriod(settings),
    'ask-changed': askForComparison(outbox, crypto, 'new'),
    ...identityHooks(crypto),
    'take-back-told': takeBackTold(parts),
  };
  return engineOf<VehicleCase, FoundCase>({
    db,
    clock,
    lifecycles: [widened(vehicleCase)],
    store: vehicleCaseStore(crypto),
    send: sendFrom(outbox),
    hooks,
    tell: tellPeople(notices),
    deadline: settings.deadline,
    sign: (tx: Tx, actor, digest) => signer.sign(tx, actor.id, digest),
    changes: async (_, { loaded, record }) => {
      const before = await recordAtStep(crypto, loaded);
      return before ? changesBetween(before, keptOf(record)) : [];
    },
    digestible: (record) => ({ ...keptOf(record), photos: record.photos }),
    entered: async (scene, action, steps) => {
      const { tx, before, after, now, traceId } = scene;
      const { row } = before.loaded;
      const of = {
        caseId: row.id,
        version: after.version,
        enterpriseId: row.enterprise_id,
        districtCode: row.district_code,
      };
      const newest = { action, fromState: before.state, toState: after.state, at: now };
      await statistics.count(tx, of, row.opened_at, [...steps, newest]);
      const { state: fromState } = before;
      const { version, state: toState } = after;
      const originKey = originOf(row);
      await waiting.moved(tx, { originKey, caseId: row.id, version, fromState, toState, at: now, traceId });
      await follow(scene, action);
      await resumeAccepted(settings, scene, action);
    },
  });
};
