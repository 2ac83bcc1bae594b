import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import { type ConductFacts, conductInput } from './conduct.fields.ts';
import { conductNotices } from './practitioner.notices.ts';
import { practitionerPeriods } from './practitioner.periods.ts';

/** What is kept of a conduct record. */
export interface ConductRecord {
  readonly facts: ConductFacts;
  /** What stood before the commission corrected it; null where it did not. */
  readonly original: ConductFacts | null;
  /** What the enterprise says of it; null where it has said nothing. */
  readonly statement: string | null;
  /** Why the commission kept, corrected or struck it; null before. */
  readonly decision: string | null;
}

const reason = z.object({ reason: z.string().trim().min(4, '请写明理由，至少 4 个字').max(500, '理由最多 500 个字') });
const statement = z.object({
  reason: z.string().trim().min(4, '请写明异议和理由，至少 4 个字').max(1000, '异议最多 1000 个字'),
});
/** What a correction takes: the facts anew, and why. */
export const correctionInput = conductInput.extend(reason.shape);

const objections = rule('上海市社会信用条例', '第三十六条');
const decided = (record: ConductRecord, input: unknown): ConductRecord => ({
  ...record,
  decision: reason.parse(input).reason,
});

/**
 * What the commission has put down of a person's conduct. The enterprise is told and may object once; somebody of the commission other than who put it down
 * answers. A record that is struck stays in the log and is used nowhere.
 */
export const conduct = lifecycleOf<ConductRecord>()({
  id: 'elv.practitioner-conduct',
  version: 1,
  title: '从业人员行为记录',
  source: tender('T2.10'),
  initial: 'drafted',

  actors: {
    commission: { title: '商务委审核人员', stands: 'any-authorised' },
    dismantler: { title: '回收拆解企业', stands: 'same-organisation' },
  },

  holds: {},

  states: {
    drafted: { title: '登记中', kind: 'work' },
    recorded: { title: '已记录', kind: 'work', onEnter: [telling(conductNotices.recorded)] },
    objected: {
      title: '有异议，待处理',
      kind: 'work',
      deadline: practitionerPeriods.objection,
      onEnter: [telling(conductNotices.objected)],
    },
    kept: { title: '异议不成立，维持', kind: 'final', onEnter: [telling(conductNotices.kept)] },
    corrected: { title: '已更正', kind: 'final', onEnter: [telling(conductNotices.corrected)] },
    struck: { title: '已撤销', kind: 'final', onEnter: [telling(conductNotices.struck)] },
  },

  actions: {
    record: {
      title: '记录行为',
      source: tender('T2.10'),
      by: 'commission',
      from: ['drafted'],
      to: 'recorded',
      input: conductInput,
      signed: true,
      record: (record, input) => ({ ...record, facts: conductInput.parse(input) }),
    },
    object: {
      title: '提出异议',
      source: objections,
      by: 'dismantler',
      from: ['recorded'],
      to: 'objected',
      input: statement,
      signed: true,
      record: (record, input) => ({ ...record, statement: statement.parse(input).reason }),
      consequence: '异议会标注在这条记录旁，由商务委其他人员处理，结果会通知本企业；每条记录只能提出一次。',
    },
    keep: {
      title: '维持记录',
      source: objections,
      by: 'commission',
      from: ['objected'],
      to: 'kept',
      input: reason,
      signed: true,
      apartFrom: ['record'],
      record: decided,
      consequence: '理由会告诉企业；维持后这条记录不再变动。',
    },
    correct: {
      title: '更正记录',
      source: objections,
      by: 'commission',
      from: ['objected'],
      to: 'corrected',
      input: correctionInput,
      signed: true,
      apartFrom: ['record'],
      effects: [{ do: 'run', hook: 'while-at-work' }],
      record: (record, input) => ({
        ...decided(record, input),
        facts: conductInput.parse(input),
        original: record.facts,
      }),
      consequence: '更正前的内容保留在办理记录里；理由会告诉企业。',
    },
    strike: {
      title: '撤销记录',
      source: assumption('记录有误的，商务委可以随时撤销，不必等企业提出异议', '0046'),
      by: 'commission',
      from: ['recorded', 'objected'],
      to: 'struck',
      input: reason,
      signed: true,
      record: decided,
      consequence: '撤销后这条记录不再计入诚信档案；理由会告诉企业。',
    },
  },
});

/** The states a conduct record can rest in. */
export type ConductState = keyof typeof conduct.states;
/** What may be done to it. */
export type ConductAction = keyof typeof conduct.actions;

/** Where a record counts for or against a person. */
export const standingStates: readonly ConductState[] = ['recorded', 'kept', 'corrected'];
/** Where a record is shown beside a person: where it counts, and while it is disputed or has been struck. */
export const shownStates: readonly ConductState[] = [...standingStates, 'objected', 'struck'];
