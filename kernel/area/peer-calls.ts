import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { faultOf } from '#kernel/connector/wire.http.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { Offer } from './offer.ts';
import type { CallPeer } from './offers.ts';
import { peerUrl } from './peer-door.ts';
import { type PeerKeyParts, signedHeaders } from './peer-signing.ts';

/** So long is waited for an answer, in seconds: somebody waits for it, perhaps with a case held. What is not to be asked twice has more time to be done. */
const patienceSeconds = { repeatable: 2, once: 15 } as const;
/** Before the one repetition, in milliseconds: a process that was just started anew is back. */
const againMs = 150;

/** The area that was asked does not answer: whatever was asked is not known, and never a no. */
export class PeerAway extends Failure {
  constructor({ title }: Pick<Offer, 'title'>, perhapsDone: boolean) {
    const words = perhapsDone
      ? `负责“${title}”的服务没有应答，这一步是否已经完成还不能确定，请过一会儿刷新页面核对后再办`
      : `负责“${title}”的服务暂时没有应答，请稍后再试；已填写的内容不会丢失`;
    super(503, 'PEER_AWAY', words);
  }
}

/** What calling other processes works with. */
export interface PeerCallParts extends PeerKeyParts {
  /** Where the areas run that do not run here. */
  readonly peers: Readonly<Record<string, string | undefined>>;
  /** Told of a process that answers otherwise than agreed: another key, another clock, a defect. */
  readonly onFailure: (error: unknown, about: object) => void;
}

const answered = z.object({ answer: z.unknown() });

/** What one attempt came to. */
type Attempt =
  | { readonly outcome: 'answered'; readonly answer: unknown }
  | { readonly outcome: 'never-arrived' | 'unknown' };

const attempt = async (parts: PeerCallParts, url: string, text: string, seconds: number): Promise<Attempt> => {
  const body = Buffer.from(text, 'utf8');
  const headers = { 'content-type': 'application/json', ...(await signedHeaders(parts, { url, body })) };
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    if (!reply.ok) {
      parts.onFailure(new Error(`a peer answers with status ${reply.status}`), { url });
      return { outcome: 'unknown' };
    }
    return { outcome: 'answered', answer: answered.parse(await reply.json()).answer };
  } catch (error) {
    return { outcome: faultOf(error, seconds).outcome === 'unreachable' ? 'never-arrived' : 'unknown' };
  }
};

/**
 * Calls other processes of the installation over HTTP. What did not arrive is sent once more, and so is what may be repeated. Errors: throws {@link PeerAway}
 * where there is no answer.
 */
export const callPeersOver =
  (parts: PeerCallParts): CallPeer =>
  async (area, offer, name, input) => {
    const call = offer.calls[name];
    const base = parts.peers[area];
    if (!call || base === undefined) throw new Error(`no process was named for ${area}.${offer.id}.${name}`);
    const url = new URL(peerUrl(area, offer.id, name), base).href;
    const text = JSON.stringify(input);
    const seconds = call.repeatable ? patienceSeconds.repeatable : patienceSeconds.once;
    let last = await attempt(parts, url, text, seconds);
    if (last.outcome === 'never-arrived' || (last.outcome === 'unknown' && call.repeatable)) {
      await pause(againMs);
      last = await attempt(parts, url, text, seconds);
    }
    if (last.outcome !== 'answered') throw new PeerAway(offer, !call.repeatable && last.outcome === 'unknown');
    return call.output.parse(last.answer);
  };
