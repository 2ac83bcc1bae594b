import type { Subject } from '#kernel/access/access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Failure } from './failure.ts';
import type { Operation } from './operation.ts';

/** A call as the log tells of it. */
export interface Call {
  readonly operation: Operation;
  readonly subject: Subject;
  readonly ip: string;
  readonly agent: string | undefined;
  readonly at: Date;
  readonly traceId: string;
}

const factOf = ({
  operation,
  subject,
  ip,
  agent,
  at,
  traceId,
}: Call): Omit<AuditFact, 'kind' | 'outcome' | 'detail'> => ({
  at,
  action: operation.id,
  actor: {
    id: subject.id,
    name: subject.name,
    organisationId: subject.organisationId,
    ip,
    ...(agent === undefined ? {} : { agent: agent.slice(0, 200) }),
  },
  // Reads and refusals chain with the person: many read one case at once and must not queue on it.
  object: null,
  traceId,
});

const idIn = (input: unknown): { readonly id?: string } =>
  typeof input === 'object' && input !== null && 'id' in input
    ? // The log keeps what was asked for, as far as a column can.
      { id: String(input.id).replaceAll('\u0000', '').slice(0, 64) }
    : {};

/** That somebody read something. */
export const readFact = (call: Call, input: unknown, more: AuditFact['detail'] = {}): AuditFact => ({
  ...factOf(call),
  kind: 'operation',
  outcome: 'done',
  detail: { ...idIn(input), ...more },
});

/** That a known person was refused something. */
export const refusalFact = (call: Call, { code, status }: Failure, parameters: unknown): AuditFact => ({
  ...factOf(call),
  kind: 'security',
  outcome: 'refused',
  detail: { code, status, ...idIn(parameters) },
});

/** Whether a refusal is told to the log: what a person is not allowed, and what is not there or not theirs, for both look the same. */
export const isTold = ({ permission }: Operation, { status, code }: Failure): boolean =>
  permission !== 'public' && (status === 403 || (status === 404 && code === 'NOT_FOUND'));
