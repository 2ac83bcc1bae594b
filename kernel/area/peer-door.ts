import type { FastifyInstance } from 'fastify';
import { type SignedDoorParts, signedReception, unparsed } from '#kernel/contract/signed-door.ts';
import type { Offering } from './offer.ts';
import { answerHeaders, type PeerKeyParts } from './peer-signing.ts';

/** Below this address processes of one installation call one another. A balancer never leads there. */
export const peerPath = '/peer';

/** The address of a call. */
export const peerUrl = (area: string, offer: string, call: string): string => `${peerPath}/${area}/${offer}/${call}`;

/** What is offered at the door of peers, by area, and who is let in. */
export interface PeerDoorParts {
  readonly offered: Readonly<Record<string, readonly Offering[]>>;
  readonly door: SignedDoorParts;
  /** What answers are signed with. */
  readonly keys: Omit<PeerKeyParts, 'crypto'>;
}

/** Serves what the areas of this process offer to processes that run others: each call is signed, in time and once, nobody with a session comes in, and each answer is signed. */
export const servePeers = (server: FastifyInstance, { offered, door, keys }: PeerDoorParts): void => {
  const reception = signedReception(door);
  void server.register(async (doors) => {
    unparsed(doors);
    for (const [area, offerings] of Object.entries(offered))
      for (const { offer, answers } of offerings)
        for (const [name, call] of Object.entries(offer.calls))
          doors.post(peerUrl(area, offer.id, name), async (request, reply) => {
            await reception.known(request);
            const input = call.input.parse(reception.body(request));
            const body = Buffer.from(JSON.stringify({ answer: await answers[name]?.(input) }), 'utf8');
            // The door has read it: it is there, and once.
            const nonce = String(request.headers['x-nonce']);
            return reply
              .headers(await answerHeaders(keys, { url: request.url, nonce, body }))
              .type('application/json')
              .send(body);
          });
  });
};
