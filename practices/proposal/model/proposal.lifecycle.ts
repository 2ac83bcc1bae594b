import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import type { Source } from '#kernel/source/source.ts';

/** What somebody proposes and another person decides on. A practice adds what is to be done to it. */
export interface Proposal {
  /** What is to be done in a sentence, as it was read by whoever agreed to it. */
  readonly summary: string;
  readonly reason: string;
  readonly opinion: string | null;
}

/** What may be done with a proposal that waits. */
export const decisions = ['approve', 'refuse', 'withdraw'] as const;
/** See {@link decisions}. */
export type Decision = (typeof decisions)[number];

/** The hook by which every decision is noted beside the proposal. */
export const noteDecision = 'note-decision';

const opinion = z.object({ opinion: z.string().trim().max(200, '意见不超过 200 个字').optional() });
const reason = z.object({
  reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因不超过 200 个字'),
});

const withOpinion = <P extends Proposal>(record: P, input: unknown): P => {
  // Parsed by one of the two schemas above.
  const { opinion: kept, reason: why } = input as { opinion?: string; reason?: string };
  return { ...record, opinion: why ?? kept ?? null };
};

/** In what the proposals of one matter differ. */
export interface Matter {
  readonly id: `${string}.${string}`;
  readonly title: string;
  readonly source: Source;
  /** Why two persons are asked for. */
  readonly twoPersons: Source;
  /** Who proposes and decides, in words. */
  readonly by: string;
  /** What agreeing does, by the name of a hook; it may still refuse, and then nobody has agreed. */
  readonly carryOut: string;
  /** What follows from agreeing, in one sentence. */
  readonly consequence: string;
  /** What is to be done when the proposal ends without agreement, by the name of a hook. */
  readonly letGo?: string;
}

/** The lifecycle of proposals: one person proposes, another agrees or refuses, both by signed steps; only the first may withdraw. Source: domain 10.4. */
export const proposalLifecycle = <P extends Proposal>(matter: Matter) => {
  const noted = { do: 'run', hook: noteDecision } as const;
  const ended = [noted, ...(matter.letGo === undefined ? [] : [{ do: 'run', hook: matter.letGo } as const])];
  const decided = { source: matter.twoPersons, by: 'administrator', from: ['proposed'], signed: true } as const;
  return lifecycleOf<P>()({
    id: matter.id,
    version: 1,
    title: matter.title,
    source: matter.source,
    initial: 'drafted',
    actors: { administrator: { title: matter.by, stands: 'any-authorised' } },
    holds: {},
    states: {
      drafted: { title: '填写', kind: 'work' },
      proposed: { title: '待审批', kind: 'work' },
      approved: { title: '已批准', kind: 'final' },
      refused: { title: '未批准', kind: 'final' },
      withdrawn: { title: '已撤回', kind: 'final' },
    },
    actions: {
      propose: {
        title: '提交申请',
        source: matter.twoPersons,
        by: 'administrator',
        from: ['drafted'],
        to: 'proposed',
        signed: true,
      },
      approve: {
        ...decided,
        title: '批准',
        to: 'approved',
        apartFrom: ['propose'],
        input: opinion,
        record: withOpinion,
        effects: [noted, { do: 'run', hook: matter.carryOut }],
        consequence: matter.consequence,
      },
      refuse: {
        ...decided,
        title: '不批准',
        to: 'refused',
        apartFrom: ['propose'],
        input: reason,
        record: withOpinion,
        effects: ended,
      },
      withdraw: { ...decided, title: '撤回', to: 'withdrawn', effects: ended },
    },
  });
};
