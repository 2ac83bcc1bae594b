import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Refusal } from '#kernel/lifecycle/decide.ts';
import { type EffectScene, type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { StepChange } from '#kernel/lifecycle/step.store.ts';
import { kindNamed } from '#practices/notice/model/notice-kind.ts';
import { applicationFields, withdrawalCauses, withdrawalKinds } from '../model/withdrawal.fields.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import { withdrawalNotices } from '../model/withdrawal.notices.ts';
import { changesEnterprise, keptOf, type Withdrawal, type WithdrawalRecord } from '../model/withdrawal.record.ts';
import { type FoundWithdrawal, withdrawalStore } from './withdrawal.store.ts';
import { accessRowOf } from './withdrawal-access.ts';
import type { WithdrawalParts } from './withdrawal-desk.ts';

type Scene = EffectScene<Withdrawal, FoundWithdrawal>;
type WithdrawalHook = Hook<Withdrawal, FoundWithdrawal>;

/** The hooks a withdrawal's definition may name. */
export const hookNames = ['hold-case', 'release-case', 'withdraw-case', 'chosen-only', 'carry-over'] as const;

const titleOf = (titles: Readonly<Record<string, string>>, code: unknown): string =>
  typeof code === 'string' && Object.hasOwn(titles, code) ? (titles[code] ?? code) : '';

/** The withdrawal in a sentence, for the case's own record. */
const inWords = ({ row }: FoundWithdrawal, { application, successor }: Withdrawal): string =>
  [
    `撤销申请 ${row.withdrawal_no}：${titleOf(withdrawalKinds, application.kind)}`,
    titleOf(withdrawalCauses, application.cause),
    ...(successor ? [`转${successor.name}`] : []),
  ].join('，');

const chosenSuccessor = async (
  { organisations }: WithdrawalParts,
  { tx, before, after }: Scene,
): Promise<{ readonly successor: WithdrawalRecord['successor']; readonly refusals: readonly Refusal[] }> => {
  if (!changesEnterprise(after.record)) return { successor: null, refusals: [] };
  const chosen = await organisations.find(tx, String(after.record.application.successorId ?? ''));
  if (chosen?.kind === 'dismantler' && chosen.id !== before.row.enterprise_id)
    return { successor: { id: chosen.id, name: chosen.name }, refusals: [] };
  const message = '请从列表中选择另一家回收拆解企业';
  return { successor: null, refusals: [{ why: 'guard', path: 'application.successorId', message }] };
};

const hold =
  (parts: WithdrawalParts): WithdrawalHook =>
  async (scene) => {
    const { tx, before, after, now, traceId } = scene;
    const step = { caseId: before.row.case_id, key: before.id, reason: '', traceId };
    const { successor, refusals } = await chosenSuccessor(parts, scene);
    const standing = [...refusals, ...(await parts.cases.hold(tx, step))];
    // The places named are the case's, which is another page.
    if (standing.length > 0) return { refusals: standing.map((one) => ({ ...one, path: pathHere(one.path) })) };
    const found = await parts.cases.find(tx, before.row.case_id, now);
    if (!found) throw new Error(`there is no case ${before.row.case_id}`);
    const { caseNo, plateNo, plateTypeCode, vin, brandModel, stateTitle, admitted } = found;
    const vehicle = { caseNo, plateNo, plateTypeCode, vin, brandModel };
    return { record: { ...after.record, vehicle, successor, caseStood: { stateTitle, admitted } } };
  };

const pathHere = (path: string): string => (path.startsWith('application.') ? path : '');

const upon =
  (act: 'release' | 'withdraw', { cases }: WithdrawalParts): WithdrawalHook =>
  async ({ tx, before, after, traceId }) => {
    const told = [inWords(before, after.record), ...(after.record.refusalReason ? [after.record.refusalReason] : [])];
    const reason = (act === 'release' ? told : told.slice(0, 1)).join('；').slice(0, 500);
    const refusals = await cases[act](tx, { caseId: before.row.case_id, key: before.id, reason, traceId });
    return { refusals: refusals.map((one) => ({ ...one, path: '' })) };
  };

/** Only the enterprise the owner chose answers for the vehicle; row access says so too, but a step must not hang on it alone. */
const chosenOnly: WithdrawalHook = async ({ after, actor }) => {
  const { successor } = after.record;
  if (successor !== null && actor.organisationId === successor.id) return {};
  const message = `车主选定的接收企业是${successor?.name ?? '（未选定）'}，请由该企业经办人办理`;
  return { refusals: [{ why: 'guard', path: '', message }] };
};

const carryOver =
  ({ cases, organisations }: WithdrawalParts): WithdrawalHook =>
  async ({ tx, before, after, actor, now, traceId }) => {
    const organisation = actor.organisationId === null ? undefined : await organisations.find(tx, actor.organisationId);
    if (!organisation) throw new Error('a vehicle is taken over by nobody');
    const { id: organisationId, name: organisationName, creditCode: organisationCode, districtCode } = organisation;
    const fromId = before.row.case_id;
    const obstacles = [
      await cases.obstacleToAccepting(tx, organisationId, now),
      await cases.obstacleToCarryingOver(tx, { fromId, organisationId }),
    ];
    const refusals = obstacles.flatMap((message): Refusal[] =>
      message === null ? [] : [{ why: 'guard', path: '', message }],
    );
    if (refusals.length > 0) return { refusals };
    const successorCase = await cases.carryOver(tx, {
      fromId,
      reference: `withdrawal:${before.id}`,
      by: { id: actor.id, organisationId, organisationName, organisationCode, districtCode },
      actor,
      now,
      traceId,
    });
    return { record: { ...after.record, successorCase } };
  };

const send =
  ({ outbox }: WithdrawalParts) =>
  async ({ tx, before, after, traceId }: Scene): Promise<void> => {
    const { externalCaseId, certificateNo } = after.record.case;
    const message = messageTo(nationalCirculation, 'withdraw-scrap-case', {
      externalCaseId: externalCaseId ?? '',
      certificateNo,
      withdrawalNo: before.row.withdrawal_no,
      round: after.round,
      reason: String(after.record.application.reason ?? ''),
    });
    await outbox.put(tx, message, { caseType: withdrawal.id, caseId: after.id, traceId });
  };

/** Tells the enterprise that applied; what is offered is told to the one the owner chose, which sees it as if it were its own. */
const tell =
  ({ notices }: WithdrawalParts) =>
  ({ tx, before, after, now }: Scene, notice: string): Promise<void> => {
    const kind = kindNamed(withdrawalNotices, notice);
    const row = accessRowOf({ ...before.row, state: after.state });
    const successorId = kind === withdrawalNotices.offered ? (after.record.successor?.id ?? null) : null;
    const organisationId = successorId ?? before.row.enterprise_id;
    return notices.raise(tx, {
      kind,
      values: { withdrawalNo: before.row.withdrawal_no, plateNo: after.record.vehicle?.plateNo ?? null },
      matter: { type: withdrawal.id, id: after.id, row: { ...row, organisation: organisationId } },
      occasion: `step ${after.version}`,
      organisationId,
      at: now,
    });
  };

const wordsOf = (name: string, value: unknown, { successor }: WithdrawalRecord): string => {
  if (typeof value !== 'string') return '';
  if (name === 'successorId') return successor?.id === value ? successor.name : value;
  return titleOf({ ...withdrawalKinds, ...withdrawalCauses }, value) || value;
};

/** What was changed since the step before, field by field; for the timeline. */
const changesBetween = (before: WithdrawalRecord, after: WithdrawalRecord): readonly StepChange[] =>
  Object.entries(applicationFields).flatMap(([name, { title }]): StepChange[] => {
    const [old, now] = [before.application[name], after.application[name]];
    return old === now ? [] : [{ title, before: wordsOf(name, old, before), after: wordsOf(name, now, after) }];
  });

/** Builds the engine of withdrawals. */
export const withdrawalEngine = (parts: WithdrawalParts): Engine<Withdrawal, FoundWithdrawal> => {
  const { db, clock, settings, signer } = parts;
  const hooks: Readonly<Record<(typeof hookNames)[number], WithdrawalHook>> = {
    'hold-case': hold(parts),
    'release-case': upon('release', parts),
    'withdraw-case': upon('withdraw', parts),
    'chosen-only': chosenOnly,
    'carry-over': carryOver(parts),
  };
  return engineOf<Withdrawal, FoundWithdrawal>({
    db,
    clock,
    lifecycles: [widened(withdrawal)],
    store: withdrawalStore(parts),
    send: send(parts),
    hooks,
    tell: tell(parts),
    deadline: settings.deadline,
    sign: (tx: Tx, actor, digest) => signer.sign(tx, actor.id, digest),
    // Written by the store from this shape.
    changes: async (_, { atStep, record }) => changesBetween(JSON.parse(atStep) as WithdrawalRecord, keptOf(record)),
    digestible: (record) => ({ ...keptOf(record), papers: record.papers }),
  });
};
