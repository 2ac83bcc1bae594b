import { mailGateway, smsGateway } from '#connectors/message-gateway/exchanges.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { NoticeParts } from '#practices/notice/server/notice.parts.ts';

/** The name the operators know us by. Source: assumption, adr/0040. */
const signature = '沪商监管';

/** How each gateway wants a letter. Source: tender R13, R49. */
export const letterTo: NoticeParts['letterTo'] = {
  sms: ({ reference, address, text }) =>
    messageTo(smsGateway, 'send-sms', { reference, phone: address, signature, text }),
  mail: ({ reference, address, title, text }) =>
    messageTo(mailGateway, 'send-mail', { reference, address, subject: `【${signature}】${title}`, text }),
};
