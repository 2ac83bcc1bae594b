import { simulatedExchanges } from '../exchanges.ts';
import type { Fault, SystemId } from '../faults.ts';

/** The systems as a person calls them. */
export const systemTitles: Readonly<Record<SystemId, string>> = {
  police: '大数据中心-公安专网',
  'national-circulation': '全国汽车流通信息管理系统',
  identity: '实名核验服务',
  'data-lake': '大数据中心-数据湖',
  hotline: '12345 市民服务热线',
  enforcement: '执法系统',
  'sms-gateway': '短信网关',
  'mail-gateway': '邮件网关',
  'one-stop': '一网通办',
};

/** The faults, each with what it does. */
export const faultTitles: Readonly<Record<Fault['kind'], readonly [name: string, effect: string]>> = {
  late: ['迟到', '办理后延时答复；回调延时送达'],
  'timed-out-but-done': ['超时但已办', '已经办理，只是不答复'],
  twice: ['重复', '答复“重复提交”（4090）并附首次结果；回调送两次'],
  'out-of-order': ['乱序', '等后一个请求先得到答复；回调抢在受理答复之前送达'],
  refuse: ['业务拒绝', 'HTTP 200，带指定的业务码'],
  garbled: ['答非所问', '答复或回调不合约定'],
  never: ['石沉大海', '不办理也不答复；回调丢失'],
  throttled: ['限流', 'HTTP 429，请稍后再来'],
  down: ['断线', '连接被切断，未办理'],
  night: ['夜间停机', '每天的一段时间内 HTTP 503'],
};

/** What may be set about a fault, in words. */
export const garbledTitles: Readonly<Record<Extract<Fault, { kind: 'garbled' }>['how'], string>> = {
  schema: '字段类型不符',
  json: '半截报文',
  signature: '签名不符',
  blanks: '全部为空',
};

/** What systems tell by themselves. */
const callbackTitles: Readonly<Record<string, string>> = {
  'supervised-decision': '监销审核结果',
  'delivery-report': '送达回执',
};

/** Decisions of the police on a supervised dismantling. */
export const decisionTitles = { approved: '通过', returned: '退回补正', rejected: '不予通过' } as const;

const codeTitles: Readonly<Record<string, string>> = {
  '0': '正常',
  '4001': '车辆重复登记',
  '4002': '字典码无效',
  '4003': '照片缺失',
  '4004': '他企已登记',
  '4010': '应用或签名不符',
  '4011': '时钟偏差过大',
  '4012': '随机数重复',
  '4031': '授权码无效',
  '4032': '返回地址不符',
  '4033': '令牌无效',
  '4040': '查无记录',
  '4041': '多条命中、空号或地址不存在',
  '4090': '重复提交',
  '4091': '幂等冲突',
  '4220': '校验不符',
  '4290': '限流',
  '5030': '维护中',
  '5040': '结果未知',
};

const happenings: Readonly<Record<string, string>> = {
  hang: '未答复',
  cut: '断线',
  taken: '已送达',
  outdated: '轮次已过期，不再送',
  again: '未送达，将重送',
  lost: '丢失，不再送',
  'given-up': '送了一天未送达，放弃',
};

/** What a crossing came to, in words; codes stay visible. */
export const outcomeTitle = (outcome: string): string => {
  const happened = happenings[outcome];
  if (happened !== undefined) return happened;
  const title = codeTitles[outcome];
  return title === undefined ? `业务码 ${outcome}` : `${outcome} ${title}`;
};

/** An exchange as a person calls it; `*` is all of a system. */
export const exchangeTitle = (system: SystemId, name: string): string => {
  if (name === '*') return '全部接口';
  const callback = callbackTitles[name];
  if (callback !== undefined) return `${callback}（回调）`;
  return simulatedExchanges.find((exchange) => exchange.system === system && exchange.name === name)?.title ?? name;
};

/** The particulars of a fault, in words; empty when there are none. */
export const particularsOf = (fault: Fault): string => {
  switch (fault.kind) {
    case 'late':
      return `${fault.ms / 1000} 秒`;
    case 'refuse':
      return `${fault.code} ${fault.message}`;
    case 'garbled':
      return garbledTitles[fault.how];
    case 'throttled':
      return `${fault.retryAfterSeconds} 秒后再试`;
    case 'night':
      return `${fault.from} 至 ${fault.to}`;
    default:
      return '';
  }
};
