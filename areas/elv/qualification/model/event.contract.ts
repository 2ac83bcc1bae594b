import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import type { Source } from '#kernel/source/source.ts';
import type { QualificationState } from './qualification.lifecycle.ts';
import { qualificationRegistry } from './qualification.profile.ts';

/** Something that happens with enterprises elsewhere and that another system is asked about. Source: tender R13 (关联回收拆解企业相关事件信息). */
export interface EventKind {
  /** Names questions and addresses. */
  readonly name: string;
  /** The audit name of asking. */
  readonly ask: `ask${string}`;
  /** What is looked at, as in 查看…, 重新查询…. */
  readonly title: string;
  /** Who answers, as in 请等待…答复. */
  readonly system: string;
  readonly source: Source;
  /** The verbs on qualifications that reading and asking anew need. */
  readonly reads: string;
  readonly asks: string;
}

/** How the asking about an enterprise stands: an unanswered question is never "none". Moments are ISO. */
export const askedShape = {
  status: z.enum(['never', 'waiting', 'answered', 'refused', 'needs-person']),
  text: z.string(),
  askedAt: z.string().nullable(),
  /** As of when the other system told, or how old its copy was. */
  asOf: z.string().nullable(),
  askable: z.boolean(),
  /** Whether the enterprise is marked for what is known; an old answer marks nobody. */
  marked: z.boolean(),
};
/** States in which nobody needs to know of an enterprise from day to day: what is not handed in yet, and what has ended. */
export const unwatchedStates: readonly QualificationState[] = [
  'drafting',
  'refused',
  'revoked',
  'annulled',
  'cancelled',
];

/** The latest events of an enterprise that its page has; more are counted and not shown. */
export const mostEvents = 100;

const asked = z.object(askedShape);
/** See {@link askedShape}. */
export type Asked = z.output<typeof asked>;

const { id: registry, path } = qualificationRegistry;
const input = z.object({ id: z.string().min(1).max(64) });

/** What there is to do with a kind of event: to read what is known of an enterprise, and to have the question asked anew. Source: tender R13. */
export const eventContractOf = <Output extends z.ZodType>(kind: EventKind, output: Output) => ({
  list: operation({
    id: `${registry}.${kind.name}`,
    title: `查看${kind.title}`,
    source: kind.source,
    method: 'GET',
    path: `${path}/{id}/${kind.name}`,
    permission: `elv.qualification:${kind.reads}`,
    input,
    output,
    errors: {},
    audit: 'none',
  }),
  ask: operation({
    id: `${registry}.${kind.ask}`,
    title: `重新查询${kind.title}`,
    source: kind.source,
    method: 'POST',
    path: `${path}/{id}/${kind.name}/asking`,
    permission: `elv.qualification:${kind.asks}`,
    input,
    output: z.object({ asked: z.literal(true) }),
    errors: { WAITING: { status: 409, message: `正在查询，请等待${kind.system}答复` } },
    audit: 'write',
  }),
});
