import type { FastifyInstance } from 'fastify';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { Channel } from '../model/channel.ts';
import { deliveryContract } from '../model/delivery.contract.ts';
import { noticeContract } from '../model/notice.contract.ts';
import { deliveryHandlers } from './delivery.handlers.ts';
import { sendDue } from './dispatch.ts';
import { gatewayAnswers, gatewayReports } from './gateway-answers.ts';
import { noticeHandlers } from './notice.handlers.ts';
import type { NoticeParts } from './notice.parts.ts';
import { eraseOld } from './retention.ts';
import { tellingOver, tellLeft } from './tell-people.ts';
import type { Telling } from './telling.ts';

/** Notices put together. Source: tender R13, R49. */
export interface Notices extends Telling {
  mount(server: FastifyInstance, mount: MountParts): void;
  /** Tells people what was left by steps in processes that do not keep them; answers how many things were told. */
  tellLeft(): Promise<number>;
  /** Hands what was told since over to the gateways' outbox; answers how many notices were seen to. */
  sendDue(): Promise<number>;
  /** Erases notices whose time has passed; answers how many. */
  eraseOld(): Promise<number>;
  /** What follows from a gateway's answers, and from what it tells later. */
  answers(channel: Channel): AnswerHandler;
  reports(channel: Channel): InboundHandler;
}

/** Puts notices together. */
export const noticesOf = (parts: NoticeParts): Notices => {
  const telling = tellingOver(parts);
  return {
    ...telling,
    mount: (server, mount) => {
      mountContract(server, noticeContract, noticeHandlers(parts), mount);
      mountContract(server, deliveryContract, deliveryHandlers(parts), mount);
    },
    tellLeft: () => tellLeft(parts.db, parts),
    sendDue: () => sendDue(parts),
    eraseOld: () => eraseOld(parts),
    answers: (channel) => gatewayAnswers(parts, telling, channel),
    reports: (channel) => gatewayReports(parts, channel),
  };
};
