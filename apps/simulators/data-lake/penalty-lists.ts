import { z } from 'zod';
import { refused, shanghaiTime, simulatedExchange } from '../exchange.ts';
import { listedPenalties } from './penalties.ts';
import { listedLegalPersons } from './register.ts';

/** Which penalties an enterprise has, all of them from a day on. Source: domain 9.3. */
export const penalties = simulatedExchange({
  system: 'data-lake',
  name: 'list-penalties',
  title: '行政处罚查询',
  path: '/ext/data-lake/penalties',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), uscc: z.string().min(1), since: z.iso.date() }),
  answer: ({ uscc, since }, { world, now }) => {
    const seeded = world.get('penalties', uscc);
    const known = seeded ?? world.get('legalPerson', uscc) ?? listedLegalPersons.find((one) => one.uscc === uscc);
    if (!known) return refused('4040', '无此主体');
    const all = seeded ?? listedPenalties(uscc, now);
    // The lake is filled once a day.
    const updatedAt = `${shanghaiTime(new Date(now.getTime() - 86_400_000)).slice(0, 10)} 00:00:00`;
    return { data: { penalties: all.filter(({ decisionDate }) => decisionDate >= since), updatedAt } };
  },
});
