import { type Outcome, spanned } from '#kernel/telemetry/span.ts';
import type { Connector, Delivery, Exchange, Wire } from './connector.ts';

/** A message on its way: names, key and JSON body. */
export interface Parcel {
  readonly exchange: string;
  readonly key: string;
  readonly recipient?: string;
  readonly body: string;
  readonly traceId: string;
}

const pathsOf = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string =>
  [...new Set(issues.map(({ path }) => path.map(String).join('.') || '(all)'))].slice(0, 8).join(', ');

const checked = (definition: Exchange, answer: unknown): Delivery<unknown> => {
  const parsed = definition.response.safeParse(answer);
  return parsed.success
    ? { outcome: 'delivered', answer: parsed.data }
    : { outcome: 'garbled', detail: `answer breaks its schema at ${pathsOf(parsed.error.issues)}`.slice(0, 200) };
};

/** A refusal and a wish for patience are answers. */
const outcomeOf = ({ outcome }: Delivery<unknown>): Outcome => ({
  failed: outcome !== 'delivered' && outcome !== 'refused' && outcome !== 'throttled',
  facts: { 'hushang.outcome': outcome },
});

/** Carries one message and holds the answer against the exchange's schema. Throws only for defects of ours. */
export const carry = async (
  to: Connector,
  wire: Wire,
  parcel: Parcel,
  signal: AbortSignal,
): Promise<Delivery<unknown>> => {
  const definition = Object.hasOwn(to.exchanges, parcel.exchange) ? to.exchanges[parcel.exchange] : undefined;
  if (!definition) throw new Error(`no exchange ${to.id}.${parcel.exchange}`);
  const facts = { 'peer.service': to.id, 'hushang.exchange': parcel.exchange };
  const ask = async (): Promise<Delivery<unknown>> => {
    const delivery = await wire.carry({
      ...parcel,
      recipient: parcel.recipient ?? '',
      sealedFields: definition.sealedFields ?? [],
      sealedAnswer: definition.sealedAnswer,
      timeoutSeconds: definition.timeoutSeconds,
      signal,
    });
    return delivery.outcome === 'delivered' ? checked(definition, delivery.answer) : delivery;
  };
  return spanned(`${to.id}.${parcel.exchange}`, 'client', facts, ask, outcomeOf);
};
