import type { FastifyInstance } from 'fastify';
import { type SignedDoorParts, signedReception, unparsed } from '#kernel/contract/signed-door.ts';
import type { Offering } from './offer.ts';

/** Below this address processes of one installation call one another. A balancer never leads there. */
export const peerPath = '/peer';

/** The address of a call. */
export const peerUrl = (area: string, offer: string, call: string): string => `${peerPath}/${area}/${offer}/${call}`;

/** What is offered at the door of peers, by area, and who is let in. */
export interface PeerDoorParts {
  readonly offered: Readonly<Record<string, readonly Offering[]>>;
  readonly door: SignedDoorParts;
}

/** Serves what the areas of this process offer to processes that run others: each call is signed, in time and once, and nobody with a session comes in. */
export const servePeers = (server: FastifyInstance, { offered, door }: PeerDoorParts): void => {
  const reception = signedReception(door);
  void server.register(async (doors) => {
    unparsed(doors);
    for (const [area, offerings] of Object.entries(offered))
      for (const { offer, answers } of offerings)
        for (const [name, call] of Object.entries(offer.calls))
          doors.post(peerUrl(area, offer.id, name), async (request) => {
            await reception.known(request);
            const input = call.input.parse(reception.body(request));
            return { answer: await answers[name]?.(input) };
          });
  });
};
