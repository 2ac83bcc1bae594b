import { z } from 'zod';
import { shanghaiTime, simulatedExchange } from '../exchange.ts';
import { listedWorkOrders } from './work-orders.ts';

/** Which work orders there are about an enterprise, all of them from a day on; an empty list where nobody complained. Source: domain 4.7, 9.4. */
export const workOrders = simulatedExchange({
  system: 'hotline',
  name: 'list-work-orders',
  title: '企业投诉工单查询',
  path: '/ext/hotline/work-orders',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), uscc: z.string().min(1), since: z.iso.date() }),
  answer: ({ uscc, since }, { world, now }) => {
    const all = world.get('workOrders', uscc) ?? listedWorkOrders(uscc, now);
    const orders = all.filter(({ acceptedAt }) => shanghaiTime(new Date(acceptedAt)).slice(0, 10) >= since);
    return { data: { orders, updatedAt: shanghaiTime(now) } };
  },
});
