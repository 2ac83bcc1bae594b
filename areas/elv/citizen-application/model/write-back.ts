import type { OneStopStage } from '#connectors/one-stop/exchanges.ts';
import { type Stage, stageOf, stageTitles } from '../../vehicle-case/model/stages.ts';
import type { CitizenApplicationAction } from './citizen-application.lifecycle.ts';

/** What the one-stop service shows, and what it says beside it. */
export interface ToldStage {
  readonly stage: OneStopStage;
  readonly note: string;
}

const byAction: Readonly<Record<CitizenApplicationAction, ToldStage>> = {
  submit: { stage: '已提交', note: '申请已提交，等待所选回收企业接收' },
  accept: { stage: '受理', note: '回收企业已接收，正在登记车辆和车主资料' },
  decline: { stage: '退回', note: '所选回收企业没有接收，可以另选企业' },
  expire: { stage: '退回', note: '所选回收企业逾期未答复，可以另选企业' },
  recall: { stage: '终止', note: '申请人已撤回' },
};

/** What a step of the application tells; nothing of an application that was thrown away before anybody was told of it. */
export const stageOfStep = (action: CitizenApplicationAction, wasToldBefore: boolean): ToldStage | undefined =>
  action === 'recall' && !wasToldBefore ? undefined : byAction[action];

const notes: Readonly<Record<Exclude<Stage, '受理'>, string>> = {
  审核: '车管和商务主管部门正在审核',
  进场: '已允许报废，请按与回收企业的约定交车',
  拆解: '车辆正在拆解，或拆解结果正在审核',
  出证: '已报全国系统，正在等待《报废机动车回收证明》',
  注销: '回收证明已出具，正在办理注销登记',
  办结: '全部手续已经办完',
  终止: '这次报废申请没有继续办理，原因请向回收企业询问',
};

/** What a case tells that another enterprise goes on with. Source: tender R08. */
export const stageOfSuccession: ToldStage = {
  stage: '受理',
  note: '已更换回收企业，由新的企业继续办理，不需要重新申请',
};

const place = (stage: Stage): number => stageTitles.findIndex((one) => one === stage);

/** What a step of the vehicle case tells: each public stage it comes to, and each way back. Nothing while the stage stays. Source: domain 9.6. */
export const stageOfPassage = (from: string, to: string): ToldStage | undefined => {
  const [before, now] = [stageOf(from), stageOf(to)];
  if (before === now) return undefined;
  if (now !== '终止' && place(now) < place(before))
    return { stage: '退回', note: '资料或现场情况须补正，回收企业正在处理' };
  return now === '受理' ? undefined : { stage: now, note: notes[now] };
};
