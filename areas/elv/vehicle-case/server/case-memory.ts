import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Predicate } from '#kernel/access/predicate.ts';
import { type StepVerifier, verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { type CaseFacts, caseFactsOf } from './case-facts.ts';
import type { FlowParts } from './flow.ts';
import { type CaseMessages, openWholeCase, tellWholeCase } from './whole-case.store.ts';

/** What reading whole cases works with. */
export interface CaseMemoryParts extends Pick<FlowParts, 'db' | 'crypto'>, CaseMessages, StepVerifier {}

/** Whole cases with what they come to. */
export interface CaseMemory {
  /** The case of that id within the rows the asker may see, as it stands now; undefined otherwise. */
  find(id: string, rows: Predicate, now: Date): Promise<CaseFacts | undefined>;
}

/** So many cases are kept, some 80 kB each. */
const mostCases = 400;

interface Kept {
  /** Of the text the database told. */
  readonly digest: string;
  readonly day: string;
  readonly facts: CaseFacts;
}

/**
 * Reads whole cases. Opening what is sealed, verifying steps and judging fields takes several times as long as reading the rows, so what they
 * come to is remembered with a digest of the text the database told (SHA-256: it never leaves memory, and the processor makes it ten times as fast as SM3): whoever looks at a case again in which nothing has changed, by whatever hand, gets it at once.
 */
export const caseMemory = (parts: CaseMemoryParts): CaseMemory => {
  const kept = new LRUCache<string, Kept>({ max: mostCases });
  return {
    find: async (id, rows, now) => {
      const told = await tellWholeCase(parts.db, parts, id, rows);
      const day = shanghaiDay(now);
      const digest = hash('sha256', told.text, 'base64');
      const known = kept.get(id);
      if (known?.digest === digest && known.day === day) return known.facts;
      const whole = await openWholeCase(parts.crypto, told.rows());
      if (!whole) return undefined;
      const facts = caseFactsOf(whole, await verifiedSteps(parts, vehicleCase.id, id, whole.steps), day);
      kept.set(id, { digest, day, facts });
      return facts;
    },
  };
};
