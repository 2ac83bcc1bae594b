import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { canonical } from './canonical.ts';
import type { AuditFact } from './fact.ts';

/** The text of a fact at its place, over which its digest is taken; archives hold the very same text. */
export const entryText = (chain: string, seq: number, fact: AuditFact): string => {
  const { at, kind, action, actor, object, outcome, detail, traceId } = fact;
  return canonical({ chain, seq, at, kind, action, actor, object, outcome, detail, traceId });
};

/** The digest of an entry's text after the digest before it. */
export const linkDigest = (prev: string, text: string): string => sm3Hex(`${prev}\n${text}`);

/** The digest of a fact at its place: SM3 over the digest before, the place and the canonical fact. */
export const digestOf = (prev: string, chain: string, seq: number, fact: AuditFact): string =>
  linkDigest(prev, entryText(chain, seq, fact));
