import type { Outcome } from './connector.ts';

/**
 * Where a message stands. `due`: to be carried at its time; `leased`: a relay has it; `answered`, `refused`: settled; `given-up`: a
 * person must look.
 */
export type OutboxStatus = 'due' | 'leased' | 'answered' | 'refused' | 'given-up';

/** The last thing that happened to a message; `failed`: our own handler threw; `unreadable`: its body could not be opened, so it was not sent. */
export type LastOutcome = Outcome | 'failed' | 'unreadable';

/** A row of kernel.outbox as the database gives it. */
export interface OutboxTable {
  id: string;
  connector: string;
  exchange: string;
  /** Who of many behind the connector gets it; empty where it is one system. */
  recipient: string;
  idem_key: string;
  /** Sealed; null once an exchange that forgets its request was answered. */
  body: string | null;
  body_digest: string;
  case_type: string | null;
  case_id: string | null;
  status: OutboxStatus;
  /** How often it was carried. */
  attempts: number;
  /** Failures since the last answer; decides the next wait. */
  failures: number;
  due_at: Date;
  leased_until: Date | null;
  lease_owner: string | null;
  last_outcome: LastOutcome | null;
  last_error: string | null;
  answer: string | null;
  answered_at: Date | null;
  created_at: Date;
  trace_id: string;
}

/** The tables the outbox stores work on. */
export type OutboxTables = {
  'kernel.outbox': OutboxTable;
};
