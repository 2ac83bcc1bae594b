import { forEachOutside } from '#apps/server/outside-addresses.ts';
import type { Wire } from '#kernel/connector/connector.ts';

const deaf: Wire = { carry: async () => ({ outcome: 'unreachable', detail: 'nobody is there' }) };

/** Wires by which no outside system is ever reached: for relays that carry what stays inside. */
export const deafWires: Readonly<Record<string, Wire>> = forEachOutside(() => deaf);
