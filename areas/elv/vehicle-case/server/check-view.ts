import { identity } from '#connectors/identity/exchanges.ts';
import { smsGateway } from '#connectors/message-gateway/exchanges.ts';
import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import { oneStop } from '#connectors/one-stop/exchanges.ts';
import { police } from '#connectors/police/exchanges.ts';
import type { InboxView } from '#kernel/connector/inbox.store.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import { type CheckKind, isRegistered, type VehicleCase } from '../model/vehicle-case.record.ts';
import type { CheckView, ExchangeView } from '../model/vehicle-case.views.ts';
import type { CheckRow } from './check.store.ts';

/** The systems a vehicle case speaks with. */
export const caseConnectors = [police, nationalCirculation, identity] as const;

const titles: Readonly<Record<CheckKind, string>> = {
  'owner-identity': '所有人实名认证',
  'agent-identity': '代理人实名认证',
  'collector-identity': '领证人实名认证',
  'vehicle-status': '车辆状态',
  'owner-consistency': '车辆与所有人一致性',
  'accepted-elsewhere': '是否在他企受理',
};

const asked = (record: VehicleCase): readonly CheckKind[] => [
  ...(isRegistered(record) ? (['vehicle-status', 'owner-consistency', 'accepted-elsewhere'] as const) : []),
  ...(record.sections.owner.ownerKind === 'organisation' ? [] : (['owner-identity'] as const)),
  ...(record.sections.agent.hasAgent === true ? (['agent-identity'] as const) : []),
  ...(record.deregistrationCertificate || record.checks['collector-identity'] ? (['collector-identity'] as const) : []),
];

const statusText: Readonly<Record<CheckView['status'], string>> = {
  'not-asked': '填齐相关内容后自动核验',
  waiting: '核验中，尚未得到应答',
  retrying: '对方系统暂时没有应答，正在重试',
  'needs-person': '多次未得到应答，需要人工处理',
  answered: '',
};

const one = (kind: CheckKind, check: CheckRow | undefined, sent: readonly OutboxView[]): CheckView => {
  const message = sent.findLast(
    ({ key }) => check !== undefined && key.includes(`:${kind}:`) && key.endsWith(check.askedOf),
  );
  const waiting = check?.status === 'waiting';
  const status: CheckView['status'] =
    check === undefined
      ? 'not-asked'
      : waiting && (message?.attempts ?? 0) > 0 && message?.status === 'due'
        ? 'retrying'
        : check.status;
  return {
    kind,
    title: titles[kind],
    status,
    verdict: check?.verdict ?? null,
    text: check && check.status === 'answered' ? check.text : statusText[status],
    items: [...(check?.items ?? [])],
    askedAt: check?.askedAt.toISOString() ?? null,
    answeredAt: check?.answeredAt?.toISOString() ?? null,
    nextAttemptAt: waiting ? (message?.nextAttemptAt?.toISOString() ?? null) : null,
  };
};

/** How every question about the case stands. */
export const checkViews = (
  record: VehicleCase,
  checks: readonly CheckRow[],
  sent: readonly OutboxView[],
): readonly CheckView[] =>
  asked(record).map((kind) =>
    one(
      kind,
      checks.find((check) => check.kind === kind),
      sent,
    ),
  );

/** Beside those a case asks itself, those that are told of it or of the application it came from. */
const shownConnectors = [...caseConnectors, oneStop, smsGateway];

const connectorTitle = (id: string): string => shownConnectors.find((one) => one.id === id)?.title ?? id;

const outcomeNotes: Readonly<Record<string, string>> = {
  unknown: '对方没有及时应答，结果未知，将以同一编号再问',
  unreachable: '对方系统连不上',
  garbled: '对方应答不符合约定，已拒收',
  throttled: '对方要求稍后再试',
  failed: '本系统处理应答时出错，将重试',
  unreadable: '报文无法解密（内容被改动或密钥不符），未发出，请联系系统管理员恢复后重发',
};

const sentStatus = (view: OutboxView): ExchangeView['status'] => {
  if (view.status === 'answered' || view.status === 'refused') return view.status;
  if (view.status === 'given-up') return 'needs-person';
  return view.attempts > 0 && view.lastOutcome !== 'delivered' ? 'retrying' : 'waiting';
};

const noteOf = (view: OutboxView): string | null => {
  if (view.status === 'refused') return view.lastError ?? '对方退回';
  // A delivered message carries a word only where its answer was not what one hopes for.
  if (view.lastOutcome === 'delivered') return view.lastError;
  return view.lastOutcome === null ? null : (outcomeNotes[view.lastOutcome] ?? null);
};

const sentView = (view: OutboxView, mayRetry: boolean): ExchangeView => ({
  id: view.id,
  direction: 'out',
  connectorTitle: connectorTitle(view.connector),
  title: view.title,
  status: sentStatus(view),
  attempts: view.attempts,
  createdAt: view.createdAt.toISOString(),
  answeredAt: view.answeredAt?.toISOString() ?? null,
  nextAttemptAt: view.nextAttemptAt?.toISOString() ?? null,
  note: noteOf(view),
  retryable: mayRetry && (view.status === 'given-up' || (view.status === 'due' && view.attempts > 0)),
});

const receivedView = (view: InboxView): ExchangeView => ({
  id: view.id,
  direction: 'in',
  connectorTitle: connectorTitle(view.connector),
  title: view.title,
  status: view.status === 'applied' ? 'answered' : 'refused',
  attempts: 1,
  createdAt: view.receivedAt.toISOString(),
  answeredAt: view.receivedAt.toISOString(),
  nextAttemptAt: null,
  note: view.status === 'refused' ? view.message : null,
  retryable: false,
});

/** Every message about the case in both directions, oldest first. */
export const exchangeViews = (
  sent: readonly OutboxView[],
  received: readonly InboxView[],
  mayRetry: boolean,
): readonly ExchangeView[] =>
  [...sent.map((view) => sentView(view, mayRetry)), ...received.map(receivedView)].sort((a, b) =>
    a.createdAt.localeCompare(b.createdAt),
  );
