import { shanghaiTime } from './exchange.ts';
import type { SystemId } from './faults.ts';
import type { World } from './world.ts';
import type { EntryOf } from './world-entries.ts';

/** Something a system tells by itself, as it goes over the wire. */
export interface Callback {
  readonly system: SystemId;
  readonly exchange: string;
  /** The idempotency key it travels under. */
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly dueAt: number;
}

/** One collection of things to be told, by the key under which the exchange that causes them was asked. */
interface CallbackKind {
  readonly collection: 'supervised' | 'report';
  /** What is still to be told of that key; undefined when there is nothing, or it was told. */
  untold(world: World, key: string): Callback | undefined;
  settle(world: World, key: string): void;
}

const kindOf = <K extends CallbackKind['collection']>(
  collection: K,
  callbackOf: (entry: EntryOf<K>) => Callback,
): CallbackKind => ({
  collection,
  untold: (world, key) => {
    const entry = world.get(collection, key);
    return entry?.told === false ? callbackOf(entry) : undefined;
  },
  settle: (world, key) => {
    const entry = world.get(collection, key);
    if (entry) world.put(collection, key, { ...entry, told: true });
  },
});

/** By the exchange whose acceptance causes them: `police.submit-supervised-dismantling`. */
export const callbackKinds: Readonly<Record<string, CallbackKind>> = {
  'police.submit-supervised-dismantling': kindOf('supervised', ({ caseNo, round, decision, opinion, dueAt }) => ({
    system: 'police',
    exchange: 'supervised-decision',
    key: `${caseNo}-${round}`,
    body: { caseNo, round, decision, opinion, decidedAt: shanghaiTime(new Date(dueAt)) },
    dueAt,
  })),
  ...Object.fromEntries(
    ['sms-gateway.send-sms', 'mail-gateway.send-mail'].map((cause) => [
      cause,
      kindOf('report', ({ system, reportId, reference, state, reason, dueAt }) => ({
        system,
        exchange: 'delivery-report',
        key: reportId,
        body: { reportId, reference, state, reason, at: shanghaiTime(new Date(dueAt)) },
        dueAt,
      })),
    ]),
  ),
};

/** Every callback there is. */
export const callbackExchanges: readonly { readonly system: SystemId; readonly name: string }[] = [
  { system: 'police', name: 'supervised-decision' },
  { system: 'sms-gateway', name: 'delivery-report' },
  { system: 'mail-gateway', name: 'delivery-report' },
];
