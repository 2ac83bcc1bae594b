import { canonical } from './canonical.ts';
import { type AuditEntry, type AuditFact, aboutOf } from './fact.ts';

/** A row of `kernel.audit_entry`. */
export interface EntryTable {
  chain: string;
  seq: string;
  at: Date;
  kind: string;
  action: string;
  actor_id: string;
  actor_name: string;
  actor_organisation_id: string | null;
  actor_ip: string;
  actor_agent: string | null;
  object_type: string | null;
  object_id: string | null;
  about_id: string | null;
  outcome: string;
  detail: string;
  trace_id: string;
  prev: string;
  digest: string;
}

/** A row of `kernel.audit_head`. */
export interface HeadTable {
  chain: string;
  seq: string;
  digest: string;
  unsealed: boolean;
}

/** The tables of the trail itself. */
export type TrailTables = {
  'kernel.audit_entry': EntryTable;
  'kernel.audit_head': HeadTable;
};

/** An entry as its row. */
export const rowOf = (entry: AuditEntry): EntryTable => ({
  chain: entry.chain,
  seq: String(entry.seq),
  at: entry.at,
  kind: entry.kind,
  action: entry.action,
  actor_id: entry.actor.id,
  actor_name: entry.actor.name,
  actor_organisation_id: entry.actor.organisationId,
  actor_ip: entry.actor.ip,
  actor_agent: entry.actor.agent ?? null,
  object_type: entry.object?.type ?? null,
  object_id: entry.object?.id ?? null,
  about_id: aboutOf(entry),
  outcome: entry.outcome,
  detail: canonical(entry.detail),
  trace_id: entry.traceId,
  prev: entry.prev,
  digest: entry.digest,
});

/** The fact a row tells. */
export const factOf = (row: EntryTable): AuditFact => ({
  at: row.at,
  // The columns were written from these unions by appendFact; an altered value breaks the digest and is reported.
  kind: row.kind as AuditFact['kind'],
  action: row.action,
  actor: {
    id: row.actor_id,
    name: row.actor_name,
    organisationId: row.actor_organisation_id,
    ip: row.actor_ip,
    ...(row.actor_agent === null ? {} : { agent: row.actor_agent }),
  },
  object: row.object_type === null || row.object_id === null ? null : { type: row.object_type, id: row.object_id },
  outcome: row.outcome as AuditFact['outcome'],
  detail: JSON.parse(row.detail) as Record<string, unknown>,
  traceId: row.trace_id,
});
