/** One thing that happened. Values of sealed fields never appear; their names and digests do. Source: tender R45. */
export interface AuditFact {
  readonly at: Date;
  readonly kind: 'operation' | 'system' | 'security' | 'interface';
  /** Permission, exchange or event name. */
  readonly action: string;
  readonly actor: {
    readonly id: string;
    readonly name: string;
    readonly organisationId: string | null;
    readonly ip: string;
    /** The browser or program that asked, as it calls itself; at most 200 characters. Left out where none is known. */
    readonly agent?: string;
  };
  readonly object: { readonly type: string; readonly id: string } | null;
  /** `unknown`: whoever was to do it gave no answer, and may have done it. */
  readonly outcome: 'done' | 'refused' | 'failed' | 'unknown';
  /** Small, open facts: field names, digests, counts, codes. `changes` holds before and after, see `changes.ts`. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly traceId: string;
}

/** A fact in its place in a chain. `prev` is the digest before (64 zeros for the first), `digest` is SM3 over prev and the fact. */
export interface AuditEntry extends AuditFact {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly digest: string;
}

/** The chain a fact belongs to: that of its object, or of its actor. Writers of different objects never queue on one another. */
export const chainOf = (fact: AuditFact): string =>
  fact.object ? `${fact.object.type}:${fact.object.id}` : `actor:${fact.actor.id}`;

/** The digest before the first entry of every chain. */
export const chainStart = '0'.repeat(64);

/** The id of the matter a fact is about, for searching: its object, or what a read names in its detail. Follows from the fact, so it is not digested again. */
export const aboutOf = ({ object, detail }: AuditFact): string | null => {
  const id = object?.id ?? detail.id;
  return typeof id === 'string' && id !== '' ? id.slice(0, 64) : null;
};

/** The person of the server itself: starts, stops, migrations, checks. */
export const serverActor = { id: 'system:server', name: '系统', organisationId: null, ip: '' } as const;

/** That the system itself did something: started, stopped, was changed. */
export const serverFact = (at: Date, action: string, detail: AuditFact['detail']): AuditFact => ({
  at,
  kind: 'system',
  action,
  actor: serverActor,
  object: null,
  outcome: 'done',
  detail,
  traceId: '',
});
