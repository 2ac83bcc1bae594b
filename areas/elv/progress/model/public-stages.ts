import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type Stage, type StageStep, stageBar, stageOf } from '../../vehicle-case/model/stages.ts';
import type { PublicProgress } from './public-query.contract.ts';

/** What the stages of a case are called before its owner, and what each means. Source: tender R14 (申请、受理、回收、拆解、注销). */
const words: Readonly<Record<Stage, { readonly title: string; readonly note: string }>> = {
  受理: { title: '申请受理', note: '回收企业已接收申请，正在登记车辆和车主资料，资料齐全后提交审核。' },
  审核: { title: '审核', note: '车管和商务主管部门正在审核，通过后即可交车。' },
  进场: { title: '交车回收', note: '已允许报废，请按与回收企业的约定交车；车辆进场后由商务主管部门核对。' },
  拆解: { title: '拆解', note: '车辆正在拆解，或拆解结果正在审核。' },
  出证: { title: '出具回收证明', note: '已报全国汽车流通信息管理系统，正在等待《报废机动车回收证明》。' },
  注销: { title: '注销登记', note: '回收证明已出具，正在办理机动车注销登记；注销证明办好后可到受理的回收企业领取。' },
  办结: { title: '办结', note: '全部手续已经办完。' },
  终止: { title: '已终止', note: '这次报废申请没有继续办理，原因请向受理的回收企业询问。' },
};

/** A case as the public query finds it. */
export interface CaseTrail {
  readonly state: string;
  readonly openedAt: Date;
  readonly steps: readonly StageStep[];
}

/** What the public is told of a case: stages and days, and nothing else of it. */
export const publicProgressOf = ({ state, openedAt, steps }: CaseTrail, now: Date): PublicProgress => {
  const bar = stageBar(state, openedAt, steps, now);
  const finished = stageOf(state) === '办结';
  const present = bar.find(({ status }) => status === 'current' || status === 'ended');
  return {
    // Of a case that has ended nothing lies ahead.
    stages: bar
      .filter(({ status }) => present?.status !== 'ended' || status !== 'ahead')
      .map(({ title, status, reachedAt }) => ({
        // The bar's titles are the stages.
        title: words[title as Stage].title,
        // The last stage is come to and over at once.
        status: finished && status === 'current' ? 'done' : status,
        on: reachedAt === null ? null : shanghaiDay(new Date(reachedAt)),
      })),
    note: present ? words[present.title as Stage].note : '',
  };
};
