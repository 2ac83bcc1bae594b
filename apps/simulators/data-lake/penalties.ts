import { z } from 'zod';

/** A penalty as the lake has it: the sum in yuan, empty text where there is none. */
export const penaltySchema = z.strictObject({
  penaltyNo: z.string().min(1),
  department: z.string().min(1),
  decisionDate: z.iso.date(),
  basis: z.string(),
  content: z.string().min(1),
  amount: z.union([z.number(), z.string()]),
  publicUntil: z.string(),
});
/** See {@link penaltySchema}. */
export type Penalty = z.output<typeof penaltySchema>;

const day = (now: Date, daysAgo: number): string =>
  new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/**
 * The penalties the made-up enterprises have from the start, as of a day: the sixth has three within the year, the third an old one. Everybody else has none.
 */
export const listedPenalties = (uscc: string, now: Date): readonly Penalty[] => {
  const one = (
    penaltyNo: string,
    daysAgo: number,
    more: Omit<Penalty, 'penaltyNo' | 'decisionDate' | 'publicUntil'>,
  ) => ({
    penaltyNo,
    decisionDate: day(now, daysAgo),
    publicUntil: day(now, daysAgo - 1_095),
    ...more,
  });
  if (uscc === '91310117MADEMA06X8')
    return [
      one('沪演示环罚〔01〕号', 45, {
        department: '演示区生态环境局',
        basis: '《固体废物污染环境防治法》第一百一十二条',
        content: '未按规定贮存拆解产生的废矿物油，罚款',
        amount: 100000,
      }),
      one('沪演示应急罚〔02〕号', 160, {
        department: '演示区应急管理局',
        basis: '《安全生产法》第一百零二条',
        content: '未采取措施消除事故隐患，责令限期消除并罚款',
        amount: '30000.00',
      }),
      one('沪演示商罚〔03〕号', 290, {
        department: '演示市商务委员会',
        basis: '《报废机动车回收管理办法》第二十二条',
        content: '未如实记录本企业回收的报废机动车五大总成数量、型号、流向，警告',
        amount: '',
      }),
    ];
  if (uscc === '91310114MADEMA035F')
    return [
      one('沪演示市监罚〔04〕号', 900, {
        department: '演示区市场监督管理局',
        basis: '—',
        content: '未按规定办理变更登记，责令改正并罚款',
        amount: 5000,
      }),
    ];
  return [];
};
