import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '#kernel/contract/failure.ts';
import type { Offer } from './offer.ts';
import type { CallPeer } from './offers.ts';
import { type PeerCircuit, peerCircuit } from './peer-circuit.ts';
import { peerUrl } from './peer-door.ts';
import { isPeersAnswer, type PeerKeyParts, signedQuestion } from './peer-signing.ts';

/** So long is waited for an answer unless the call says otherwise, in seconds: somebody waits for it, perhaps with a case held. */
const usualPatience = 2;
/** Before the one repetition, in milliseconds: a process that was just started anew is back. */
const againMs = 150;

/** When to come again, in seconds. */
const againSeconds = 3;

/** The area that was asked does not answer: whatever was asked is not known, and never a no. */
export class PeerAway extends Failure {
  constructor({ title }: Pick<Offer, 'title'>) {
    super(503, 'PEER_AWAY', `负责“${title}”的服务暂时没有应答，请稍后再试；已填写的内容不会丢失`, {
      retryAfterSeconds: againSeconds,
    });
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
  /** `heard`: the process is there and says something else. `hung`: all patience was spent on it. */
  | { readonly outcome: 'unknown'; readonly heard: boolean; readonly hung: boolean };

const attempt = async (parts: PeerCallParts, url: string, text: string, seconds: number): Promise<Attempt> => {
  const body = Buffer.from(text, 'utf8');
  const { headers, publicKey } = await signedQuestion(parts, { url, body });
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    if (!reply.ok) {
      parts.onFailure(new Error(`a peer answers with status ${reply.status}`), { url });
      return { outcome: 'unknown', heard: true, hung: false };
    }
    const bytes = Buffer.from(await reply.arrayBuffer());
    const question = { url, nonce: headers['x-nonce'], body: bytes };
    if (!(await isPeersAnswer(parts, publicKey, { ...question, headers: reply.headers }))) {
      parts.onFailure(new Error('an answer comes without the signature of a peer'), { url });
      return { outcome: 'unknown', heard: true, hung: false };
    }
    return { outcome: 'answered', answer: answered.parse(JSON.parse(bytes.toString('utf8'))).answer };
  } catch (error) {
    return { outcome: 'unknown', heard: false, hung: error instanceof Error && error.name === 'TimeoutError' };
  }
};

const attempts = async (
  parts: PeerCallParts,
  circuit: PeerCircuit,
  { url, text, seconds }: { readonly url: string; readonly text: string; readonly seconds: number },
): Promise<Attempt> => {
  const once = async (): Promise<Attempt> => {
    let heard = false;
    try {
      const came = await attempt(parts, url, text, seconds);
      heard = came.outcome === 'answered' || came.heard;
      return came;
    } finally {
      circuit.heard(url, heard);
    }
  };
  const first = await once();
  // Who has spent all patience does not hang twice: the asker may hold a case.
  if (first.outcome === 'answered' || first.hung) return first;
  await pause(againMs);
  return once();
};

/**
 * Calls other processes of the installation over HTTP; what had no answer is sent once more, unless it hung. A call that had no answer is not
 * made again for a moment, and then by one alone: whoever asks may hold a case and a connection meanwhile. Errors: throws {@link PeerAway} where there is no answer.
 */
export const callPeersOver = (parts: PeerCallParts): CallPeer => {
  const circuit = peerCircuit();
  return async (area, offer, name, input) => {
    const call = offer.calls[name];
    const base = parts.peers[area];
    if (!call || base === undefined) throw new Error(`no process was named for ${area}.${offer.id}.${name}`);
    const url = new URL(peerUrl(area, offer.id, name), base).href;
    if (!circuit.lets(url)) throw new PeerAway(offer);
    const seconds = call.patienceSeconds ?? usualPatience;
    const last = await attempts(parts, circuit, { url, text: JSON.stringify(input), seconds });
    if (last.outcome !== 'answered') throw new PeerAway(offer);
    return call.output.parse(last.answer);
  };
};
