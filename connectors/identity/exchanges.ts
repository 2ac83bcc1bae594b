import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const verifyPerson = exchange({
  title: '实名核验',
  source: tender(1, 7),
  direction: 'out',
  effect: 'read',
  request: z.object({
    reference: z.string().min(1).max(100),
    name: z.string().min(1).max(100),
    identityNo: z.string().min(1).max(40),
    phone: z.string().max(30).optional(),
  }),
  response: z.object({ result: z.enum(['match', 'no-match', 'not-found']), serialNo: z.string().min(1).max(60) }),
  key: (request) => request.reference,
  timeoutSeconds: 15,
  sealedFields: ['name', 'identityNo', 'phone'],
  forgetsRequest: true,
});

/**
 * Real-name verification: name and identity number, with the phone if given. Only the serial number and the result are kept.
 *
 * Source: tender R01, R07; Personal Information Protection Law, articles 6 and 47 (no more than necessary, erased when served).
 */
export const identity = connector({
  id: 'identity',
  title: '实名核验服务',
  source: assumption('服务方与报文未定，二要素/三要素按领域手册 9.8 拟定'),
  exchanges: { 'verify-person': verifyPerson },
});
