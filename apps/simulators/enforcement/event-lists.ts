import { z } from 'zod';
import { shanghaiTime, simulatedExchange } from '../exchange.ts';
import { listedEvents } from './events.ts';

/** What authorities did with an enterprise, all of it from a day on; an empty list where nothing is known. Source: assumption, see connectors/enforcement/README.md. */
export const enforcementEvents = simulatedExchange({
  system: 'enforcement',
  name: 'list-events',
  title: '企业执法事件查询',
  path: '/ext/enforcement/events',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), uscc: z.string().min(1), since: z.iso.date() }),
  answer: ({ uscc, since }, { world, now }) => {
    const all = world.get('enforcementEvents', uscc) ?? listedEvents(uscc, now);
    return { data: { events: all.filter(({ happenedOn }) => happenedOn >= since), updatedAt: shanghaiTime(now) } };
  },
});
