import { assumption } from '#kernel/source/source.ts';
import { answeredAndAllowed } from './vehicle-case.guards.ts';
import { dropReason, fitToHandIn, handedBack, opinion, reason } from './vehicle-case.step-parts.ts';

const source = assumption(
  '全国系统因车证信息退回时（如 4002 字典码无效、4220 校验不符），由商务委退回企业更正，更正后商务委复核再上报；车已拆解，车架号不能更正',
);

/**
 * What becomes of a case whose papers the national system does not take: its vehicle is dismantled, so nothing but what was typed can be put right.
 * The yard corrects, the commission looks at it and reports again. Source: assumption, domain 9.1.
 */
export const correctionSteps = {
  returnPapers: {
    title: '退回企业更正车证信息',
    source,
    by: 'commission',
    from: ['reportRefused'],
    to: 'correcting',
    input: reason,
    signed: true,
    newRound: true,
    ...handedBack,
    consequence: '退回后由企业更正车证、所有人或代理人信息，再由商务委复核、重新上报。',
  },
  submitCorrection: {
    title: '提交更正',
    source,
    by: 'dismantler',
    from: ['correcting'],
    to: 'correctionReview',
    signed: true,
    guards: fitToHandIn,
    effects: [
      { do: 'run', hook: 'same-vehicle' },
      { do: 'run', hook: 'judge-supervision' },
    ],
    record: dropReason,
    consequence: '提交后由商务委复核，通过后重新上报全国系统。',
  },
  passCorrection: {
    title: '更正审核通过',
    source,
    by: 'commission',
    from: ['correctionReview'],
    to: 'reporting',
    signed: true,
    input: opinion,
    guards: [answeredAndAllowed('required')],
    consequence: '通过后将再次上报全国系统，不可撤回。',
  },
  returnCorrection: {
    title: '退回更正',
    source,
    by: 'commission',
    from: ['correctionReview'],
    to: 'correcting',
    input: reason,
    signed: true,
    newRound: true,
    ...handedBack,
    consequence: '退回后由企业按原因修改，再重新提交。',
  },
} as const;
