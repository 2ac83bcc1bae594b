import { z } from 'zod';

/** An event as the enforcement system has it, with those who acted and were heard; empty text where there is nothing. */
export const enforcementEventSchema = z.strictObject({
  eventNo: z.string().min(1),
  caseNo: z.string().min(1),
  kind: z.string().min(1),
  happenedOn: z.iso.date(),
  department: z.string().min(1),
  matter: z.string().min(1),
  state: z.string().min(1),
  result: z.string(),
  officers: z.string(),
  heard: z.string(),
});
/** See {@link enforcementEventSchema}. */
export type EnforcementEvent = z.output<typeof enforcementEventSchema>;

const day = (now: Date, daysAgo: number): string =>
  new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);

type Told = Pick<EnforcementEvent, 'kind' | 'matter'> & Partial<EnforcementEvent>;

/** The events of a case, each so many days ago, numbered in their order. */
const caseOf = (
  now: Date,
  one: Pick<EnforcementEvent, 'caseNo' | 'department' | 'state'>,
  ...events: readonly (readonly [daysAgo: number, told: Told])[]
): readonly EnforcementEvent[] =>
  events.map(([daysAgo, told], index) => ({
    ...one,
    eventNo: `${one.caseNo}-${index + 1}`,
    happenedOn: day(now, daysAgo),
    result: '',
    officers: '演示执法甲、演示执法乙',
    heard: '演示陪同人员',
    ...told,
  }));

/** The events there are about the made-up enterprises from the start, as of a day: a closed and an open case of the sixth, an inspection of the third. */
export const listedEvents = (uscc: string, now: Date): readonly EnforcementEvent[] => {
  const [ecology, market] = ['演示区生态环境局', '演示区市场监督管理局'];
  if (uscc === '91310117MADEMA06X8')
    return [
      ...caseOf(
        now,
        { caseNo: 'ZF-演示-0001', department: ecology, state: 'closed' },
        [88, { kind: 'inspection', matter: '危险废物贮存专项检查', result: '发现废矿物油露天存放' }],
        [80, { kind: 'filing', matter: '涉嫌未按规定贮存拆解产生的废矿物油' }],
        [78, { kind: 'corrective-order', matter: '责令十五日内将废矿物油移入危废贮存间', result: '已按期改正' }],
        [44, { kind: 'closing', matter: '未按规定贮存废矿物油一案', result: '已作出行政处罚决定' }],
      ),
      ...caseOf(
        now,
        { caseNo: 'ZF-演示-0002', department: ecology, state: 'open' },
        [16, { kind: 'inspection', matter: '停业整顿期间现场检查', result: '危废贮存间防渗层破损，废油液外溢' }],
        [14, { kind: 'filing', matter: '涉嫌危险废物贮存设施不符合国家环境保护标准' }],
        [13, { kind: 'coercive-measure', matter: '扣押外溢废油液收集容器八个', result: '扣押期限三十日' }],
      ),
    ];
  if (uscc === '91310114MADEMA035F')
    return caseOf(now, { caseNo: 'ZF-演示-0003', department: market, state: 'closed' }, [
      220,
      { kind: 'inspection', matter: '双随机抽查', result: '未发现问题' },
    ]);
  return [];
};
