import { z } from 'zod';

/** A work order as the hotline has it, with all that it tells of who complained; empty text where there is nothing. */
export const workOrderSchema = z.strictObject({
  orderNo: z.string().min(1),
  appealType: z.string().min(1),
  category: z.string(),
  title: z.string(),
  content: z.string(),
  acceptedAt: z.string().min(1),
  resolveDeadline: z.string(),
  status: z.string().min(1),
  finding: z.string(),
  complainantName: z.string(),
  phone: z.string(),
});
/** See {@link workOrderSchema}. */
export type WorkOrder = z.output<typeof workOrderSchema>;

const dayMs = 86_400_000;
const at = (now: Date, daysAgo: number): string => new Date(now.getTime() - daysAgo * dayMs).toISOString();

const order = (now: Date, daysAgo: number, orderNo: string, more: Partial<WorkOrder>): WorkOrder => ({
  orderNo,
  appealType: '投诉',
  category: '报废回收',
  title: '演示投诉',
  content: '演示来电人反映车辆交付后迟迟没有拿到回收证明',
  acceptedAt: at(now, daysAgo),
  resolveDeadline: at(now, daysAgo - 7),
  status: 'closed',
  finding: '',
  complainantName: '演示来电人',
  phone: '13900000000',
  ...more,
});

/** The work orders there are about the made-up enterprises from the start, as of a day: three about the sixth, one about the third. */
export const listedWorkOrders = (uscc: string, now: Date): readonly WorkOrder[] => {
  if (uscc === '91310117MADEMA06X8')
    return [
      order(now, 4, 'RX-演示-0001', { category: '未及时注销', status: 'in-progress' }),
      order(now, 33, 'RX-演示-0002', { category: '不给回收证明', status: 'redo', finding: '部分属实' }),
      order(now, 120, 'RX-演示-0003', { category: '压价', finding: '属实' }),
    ];
  if (uscc === '91310114MADEMA035F')
    return [order(now, 210, 'RX-演示-0004', { appealType: '举报', category: '指定企业', finding: '不属实' })];
  return [];
};
