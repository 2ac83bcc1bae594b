import { z } from 'zod';
import { shanghaiDay, simulatedExchange } from '../exchange.ts';
import type { Party } from '../register/vehicle.ts';

const resultOf = (
  party: Party | undefined,
  name: string,
  phone: string | undefined,
): 'match' | 'no-match' | 'not-found' => {
  if (!party || party.identityAnswer === 'not-found') return 'not-found';
  const samePhone = phone === undefined || phone === '' || party.phone === '' || party.phone === phone;
  return party.identityAnswer === 'truthful' && party.name === name && samePhone ? 'match' : 'no-match';
};

/** Whether name, identity number and phone belong to one person. Nothing of the question is remembered. Source: domain 9.8. */
export const personChecks = simulatedExchange({
  system: 'identity',
  name: 'verify-person',
  title: '实名核验',
  path: '/ext/identity/person-checks',
  effect: 'read',
  sealedFields: ['name', 'identityNo', 'phone'],
  request: z.strictObject({
    reference: z.string().min(1),
    name: z.string().min(1),
    identityNo: z.string().min(1),
    phone: z.string().optional(),
  }),
  answer: ({ name, identityNo, phone }, { world, now }) => ({
    data: {
      result: resultOf(world.register.person(identityNo, name), name, phone),
      serialNo: `SIM-ID-${shanghaiDay(now)}-${String(world.next()).padStart(6, '0')}`,
    },
  }),
});
