import type { FastifyInstance } from 'fastify';
import { passes } from '#kernel/access/predicate.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Channel } from '../model/channel.ts';
import { deliveryContract } from '../model/delivery.contract.ts';
import { noticeContract } from '../model/notice.contract.ts';
import { filled } from '../model/notice-value.ts';
import { deliveryHandlers } from './delivery.handlers.ts';
import { sendDue } from './dispatch.ts';
import { gatewayAnswers, gatewayReports } from './gateway-answers.ts';
import { noticeHandlers } from './notice.handlers.ts';
import type { NoticeParts } from './notice.parts.ts';
import { addNotices } from './notice.store.ts';
import { eraseOld } from './retention.ts';
import type { Telling } from './telling.ts';

/** At most so many people are told of one thing. Source: assumption; more people of one enterprise do not do the same work. */
const mostRecipients = 200;

/** Notices put together. Source: tender R13, R49. */
export interface Notices extends Telling {
  readonly operations: readonly Operation[];
  mount(server: FastifyInstance, mount: MountParts): void;
  /** Hands what was told since over to the gateways' outbox; answers how many notices were seen to. */
  sendDue(): Promise<number>;
  /** Erases notices whose time has passed; answers how many. */
  eraseOld(): Promise<number>;
  /** What follows from a gateway's answers, and from what it tells later. */
  answers(channel: Channel): AnswerHandler;
  reports(channel: Channel): InboundHandler;
}

const raising =
  ({ access, recipients }: NoticeParts): Telling['raise'] =>
  async (tx, { kind, values, matter, occasion, organisationId, personId, at }) => {
    const { permission } = kind;
    const people =
      personId !== undefined
        ? await recipients.ofIds(tx, [personId], at, 1)
        : organisationId === null
          ? await recipients.ofIds(tx, recipients.holders(permission), at, mostRecipients)
          : await recipients.ofOrganisation(tx, organisationId, at, mostRecipients);
    const told = people.filter(
      (one) => personId !== undefined || passes(access.rowFilter(one, permission), matter.row),
    );
    const body = filled(kind.text, kind.slots, values);
    const outside = kind.outside && filled(kind.outside.text, kind.slots, values);
    await addNotices(
      tx,
      told.map(({ id }) => ({
        id: uuidv7(at),
        kind: kind.id,
        group_id: kind.group.id,
        matter_type: matter.type,
        matter_id: matter.id,
        occasion,
        recipient_id: id,
        title: kind.title,
        body,
        raised_at: at,
        unread: true,
        read_at: null,
        outside,
        outward: outside === null ? 'done' : 'due',
      })),
    );
  };

/** Puts notices together. */
export const noticesOf = (parts: NoticeParts): Notices => {
  const telling: Telling = { raise: raising(parts) };
  return {
    ...telling,
    operations: [...Object.values(noticeContract), ...Object.values(deliveryContract)],
    mount: (server, mount) => {
      mountContract(server, noticeContract, noticeHandlers(parts), mount);
      mountContract(server, deliveryContract, deliveryHandlers(parts), mount);
    },
    sendDue: () => sendDue(parts),
    eraseOld: () => eraseOld(parts),
    answers: (channel) => gatewayAnswers(parts, telling, channel),
    reports: (channel) => gatewayReports(parts, channel),
  };
};
