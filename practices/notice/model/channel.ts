import { z } from 'zod';

/** The ways a notice leaves the house; in the system itself it is told in any case. */
export const channels = ['sms', 'mail'] as const;
/** See {@link channels}. */
export type Channel = (typeof channels)[number];

/** What channels are called. */
export const channelTitles: Readonly<Record<Channel, string>> = { sms: '短信', mail: '邮件' };

/**
 * How it stands with one notice on one way. `waiting`: not taken by the gateway yet, and tried again; `sent`: taken, whether it arrives is not known yet; `delivered`, `failed`: as the
 * gateway told; `given-up`: tried for a day, a person has been told; `no-address`: the person's account has no number or address.
 */
export const deliveryState = z.enum(['waiting', 'sent', 'delivered', 'failed', 'given-up', 'no-address']);
/** See {@link deliveryState}. */
export type DeliveryState = z.output<typeof deliveryState>;

/** What the states are called. */
export const deliveryTitles: Readonly<Record<DeliveryState, string>> = {
  waiting: '待发送',
  sent: '已发送，待回执',
  delivered: '已送达',
  failed: '未送达',
  'given-up': '多次未发出，已停发',
  'no-address': '账号没有登记号码或地址',
};
