import { z } from 'zod';
import { type Answer, refused, type Scene, simulatedExchange } from '../exchange.ts';
import type { EntryOf } from '../world-entries.ts';

type Report = EntryOf<'report'>;

/** Whom nothing reaches: numbers that end in 0000, addresses at `nowhere`. */
const takesNothing = (to: string): boolean => to.endsWith('0000') || to.endsWith('@nowhere.example');
/** Whom a message is accepted for that never arrives: numbers that end in 0009, addresses at `full`. */
const neverArrives = (to: string): boolean => to.endsWith('0009') || to.endsWith('@full.example');

const taken = (system: Report['system'], reference: string, to: string, { world, now, key }: Scene): Answer => {
  if (takesNothing(to)) return refused('4041', system === 'sms-gateway' ? '空号或已停机' : '收件地址不存在');
  const number = world.next();
  const failed = neverArrives(to);
  world.put('report', key, {
    system,
    reportId: `SIM-R-${number}`,
    reference,
    state: failed ? 'failed' : 'delivered',
    reason: failed ? '对方不在服务区或邮箱已满' : '',
    dueAt: now.getTime() + world.settings.reportDelayMs,
    told: false,
  });
  return { data: { messageId: `SIM-M-${number}` } };
};

/** A short message is taken, and its arrival told later. The text is not kept. */
export const smsMessages = simulatedExchange({
  system: 'sms-gateway',
  name: 'send-sms',
  title: '发送短信',
  path: '/ext/sms-gateway/messages',
  effect: 'write',
  sealedFields: ['phone'],
  request: z.strictObject({
    reference: z.string().min(1),
    phone: z.string().regex(/^\+?[0-9-]{5,20}$/),
    signature: z.string().min(1),
    text: z.string().min(1).max(300),
  }),
  answer: ({ reference, phone }, scene) => taken('sms-gateway', reference, phone, scene),
});

/** The same of mail. */
export const mailMessages = simulatedExchange({
  system: 'mail-gateway',
  name: 'send-mail',
  title: '发送邮件',
  path: '/ext/mail-gateway/messages',
  effect: 'write',
  sealedFields: ['address'],
  request: z.strictObject({
    reference: z.string().min(1),
    address: z.email(),
    subject: z.string().min(1).max(100),
    text: z.string().min(1).max(2_000),
  }),
  answer: ({ reference, address }, scene) => taken('mail-gateway', reference, address, scene),
});
