import type { SimulatedExchange } from '#apps/simulators/exchange.ts';
import { simulatedExchanges } from '#apps/simulators/exchanges.ts';
import type { World } from '#apps/simulators/world.ts';
import type { Delivery, Wire } from '#kernel/connector/connector.ts';
import { blanksToNull } from '#kernel/connector/wire-values.ts';
import type { Clock } from '#kernel/time/clock.ts';

/**
 * A wire that asks the simulated systems in this process, at the story's time: the demo's past is told in seconds, and the simulators
 * remember it when they come up as a program of their own. `busy` names vehicles about which a system asks for patience.
 */
export const storyWire = (
  system: SimulatedExchange['system'],
  world: World,
  clock: Clock,
  busy: (body: string) => number | undefined,
): Wire => ({
  carry: async ({ exchange, body, key }): Promise<Delivery<unknown>> => {
    const served = simulatedExchanges.find((one) => one.system === system && one.name === exchange);
    if (!served) throw new Error(`the simulators do not serve ${system}.${exchange}`);
    const retryAfterSeconds = busy(body);
    if (retryAfterSeconds !== undefined) return { outcome: 'throttled', detail: 'HTTP 429', retryAfterSeconds };
    const answer = served.answer(JSON.parse(body), { world, now: clock.now(), key });
    if ('refused' in answer) return { outcome: 'refused', code: answer.refused.code, message: answer.refused.message };
    return { outcome: 'delivered', answer: blanksToNull(answer.data) };
  },
});
