import type { Subject } from '#kernel/access/access.ts';
import { type AccessRow, passes } from '#kernel/access/predicate.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import { viewedStep } from '#kernel/lifecycle/viewed-step.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Organisation } from '#practices/registry/server/organisations.ts';
import { caseEvents } from '../model/case-event.ts';
import type { DeliveryView, SystemRow, SystemView } from '../model/enterprise-system.contract.ts';
import { type EnterpriseSystemAction, enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import { refusedCallTitles } from '../model/refused-calls.ts';
import { type FoundSystem, listRefusals, type SystemTable } from './enterprise-system.store.ts';
import { type SystemDesk, signAsPlatform } from './system-desk.ts';
import { partsOfKey } from './webhooks.ts';

const lifecycle = widened(enterpriseSystem);
const weekMs = 7 * 86_400_000;

/** The first day of the calls that are shown as refused of late. */
export const refusalsSince = (now: Date): string => shanghaiDay(new Date(now.getTime() - weekMs));

/** What access control sees of a system. */
export const accessRowOf = (row: SystemTable): AccessRow => ({
  id: row.id,
  organisation: row.enterprise_id,
  owner: row.registered_by,
  state: row.state,
});

type Refusals = Awaited<ReturnType<typeof listRefusals>>;

const actionsFor = (
  desk: SystemDesk,
  subject: Subject,
  { state, row }: FoundSystem,
): readonly EnterpriseSystemAction[] =>
  Object.entries(lifecycle.actions).flatMap(([name, { from, apartFrom }]) => {
    const mayNot = apartFrom?.includes('register') === true && row.registered_by === subject.id;
    const allowed = passes(desk.access.rowFilter(subject, `${lifecycle.id}:${name}`), accessRowOf(row));
    // Entries of the definition carry its own names.
    return from.includes(state) && allowed && !mayNot ? [name as EnterpriseSystemAction] : [];
  });

/** A system as its reader sees it in a list. */
export const rowOf = (
  desk: SystemDesk,
  subject: Subject,
  system: FoundSystem,
  refusals: Refusals,
  organisations: readonly Organisation[],
): SystemRow => {
  const { row, record, state } = system;
  const { name, publicKey, ranges, validUntil, webhookUrl, opinion } = record;
  return {
    id: row.id,
    name,
    enterpriseName: organisations.find(({ id }) => id === row.enterprise_id)?.name ?? row.enterprise_id,
    appId: row.app_id,
    publicKey,
    ranges: [...ranges],
    validUntil,
    webhookUrl,
    state,
    stateTitle: getState(lifecycle, state).title,
    version: system.version,
    registeredBy: row.registered_by_name,
    registeredAt: row.registered_at.toISOString(),
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    opinion,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    refusedCalls: refusals.filter(({ system_id: id }) => id === row.id).reduce((sum, { count }) => sum + count, 0),
    actions: [...actionsFor(desk, subject, system)],
    waitsForAnother: state === 'proposed' && row.registered_by === subject.id,
  };
};

const statusOf = ({ status, attempts }: OutboxView): DeliveryView['status'] => {
  if (status === 'answered') return 'delivered';
  if (status === 'refused') return 'refused';
  if (status === 'given-up') return 'needs-person';
  return attempts > 0 ? 'retrying' : 'waiting';
};

const outcomeNotes: Readonly<Record<string, string>> = {
  unknown: '对方没有及时应答，将以同一事件编号再送',
  unreachable: '送不到对方，将再送',
  garbled: '对方应答不符合约定，将再送',
  throttled: '对方要求稍后再送',
};

const deliveryOf = (message: OutboxView): DeliveryView => {
  const { caseNo, event } = partsOfKey(message.key);
  const status = statusOf(message);
  const note = [message.lastOutcome && outcomeNotes[message.lastOutcome], message.lastError].filter(Boolean).join('：');
  return {
    id: message.id,
    eventTitle: caseEvents[event],
    caseNo,
    status,
    attempts: message.attempts,
    createdAt: message.createdAt.toISOString(),
    deliveredAt: message.answeredAt?.toISOString() ?? null,
    nextAttemptAt: message.nextAttemptAt?.toISOString() ?? null,
    note: status === 'delivered' || note === '' ? null : note,
    resendable: status === 'needs-person' || status === 'retrying',
  };
};

/** The states of a system that nobody has confirmed. */
const neverConfirmed: readonly string[] = ['drafted', 'proposed', 'refused', 'withdrawn'];

/** One system with its steps, the calls that were not let in, and what it was told. */
export const viewOf = async (
  desk: SystemDesk,
  { subject, now }: CallContext,
  system: FoundSystem,
  deliveries: readonly OutboxView[],
): Promise<SystemView> => {
  const { db, organisations } = desk;
  const [steps, refusals, enterprise, key] = await Promise.all([
    listSteps(db, lifecycle.id, system.id),
    listRefusals(db, [system.id], refusalsSince(now)),
    organisations.find(db, system.row.enterprise_id),
    neverConfirmed.includes(system.state) ? null : signAsPlatform(desk, db, 'public key of the platform'),
  ]);
  const verified = await verifiedSteps(desk, lifecycle.id, system.id, steps);
  return {
    ...rowOf(desk, subject, system, refusals, enterprise ? [enterprise] : []),
    platformKey: key?.publicKey ?? null,
    timeline: steps.map((step) => viewedStep(lifecycle, step, verified)),
    refusals: refusals.map(({ day, code, count, last_at: lastAt, last_ip: lastIp }) => ({
      day,
      title: refusedCallTitles[code] ?? code,
      count,
      lastAt: lastAt.toISOString(),
      lastIp,
    })),
    deliveries: deliveries.map(deliveryOf),
  };
};
