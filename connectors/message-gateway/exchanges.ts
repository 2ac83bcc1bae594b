import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const unknownForm = assumption('短信、邮件网关的服务方与报文未定，按通行做法拟定', '0040');

const accepted = z.object({ messageId: z.string().min(1).max(60) });
const reference = z.string().min(1).max(60);

const sendSms = exchange({
  title: '发送短信',
  source: tender(13, 49),
  direction: 'out',
  effect: 'write',
  request: z.object({
    reference,
    phone: z.string().min(1).max(30),
    /** Who sends, as the operators have registered it. */
    signature: z.string().min(1).max(20),
    text: z.string().min(1).max(300),
  }),
  response: accepted,
  key: (request) => request.reference,
  timeoutSeconds: 15,
  sealedFields: ['phone'],
  // A phone number is kept where people are kept, and not a second time here.
  forgetsRequest: true,
});

const sendMail = exchange({
  title: '发送邮件',
  source: tender(13, 49),
  direction: 'out',
  effect: 'write',
  request: z.object({
    reference,
    address: z.string().min(3).max(120),
    subject: z.string().min(1).max(100),
    text: z.string().min(1).max(2_000),
  }),
  response: accepted,
  key: (request) => request.reference,
  timeoutSeconds: 15,
  sealedFields: ['address'],
  forgetsRequest: true,
});

const deliveryReport = exchange({
  title: '送达回执',
  source: tender(49),
  direction: 'in',
  effect: 'write',
  request: z.object({
    reportId: z.string().min(1).max(60),
    /** The reference under which it was sent. */
    reference,
    state: z.enum(['delivered', 'failed']),
    reason: maybe(z.string().max(100)),
    at: wireInstant,
  }),
  response: z.object({ status: z.string() }),
  key: (request) => request.reportId,
  timeoutSeconds: 15,
});

/** The gateway that carries short messages; whether one has arrived it tells later, by itself. Source: tender R13, R49. */
export const smsGateway = connector({
  id: 'sms-gateway',
  title: '短信网关',
  source: unknownForm,
  exchanges: { 'send-sms': sendSms, 'delivery-report': deliveryReport },
});

/** The gateway that carries mail. Source: tender R13, R49. */
export const mailGateway = connector({
  id: 'mail-gateway',
  title: '邮件网关',
  source: unknownForm,
  exchanges: { 'send-mail': sendMail, 'delivery-report': deliveryReport },
});
