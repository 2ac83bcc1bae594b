import { z } from 'zod';
import { type Answer, refused, shanghaiTime, simulatedExchange } from '../exchange.ts';
import type { World } from '../world.ts';
import { type LegalPerson, listedLegalPersons } from './register.ts';

const find = (world: World, uscc: string): LegalPerson | undefined =>
  world.get('legalPerson', uscc) ?? listedLegalPersons.find((one) => one.uscc === uscc);

/** Yesterday's midnight in Shanghai, as the lake writes it: it is filled once a day. */
const filledAt = (now: Date): string => `${shanghaiTime(new Date(now.getTime() - 86_400_000)).slice(0, 10)} 00:00:00`;

const answered = (person: LegalPerson | undefined, now: Date): Answer =>
  person ? { data: { ...person, updatedAt: filledAt(now) } } : refused('4040', '无此主体');

/** What the company register says of an enterprise. Source: domain 9.3. */
export const legalPersons = simulatedExchange({
  system: 'data-lake',
  name: 'get-legal-person',
  title: '法人信息查询',
  path: '/ext/data-lake/legal-persons',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), uscc: z.string().min(1) }),
  answer: ({ uscc }, { world, now }) => answered(find(world, uscc), now),
});
