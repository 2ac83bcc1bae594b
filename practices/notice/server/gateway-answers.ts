import { z } from 'zod';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import type { Tx } from '#kernel/db/database.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Channel } from '../model/channel.ts';
import { noteAnswer, noteReport } from './delivery.store.ts';
import { wayOf } from './dispatch.ts';
import type { NoticeParts } from './notice.parts.ts';
import type { Telling } from './telling.ts';

/** What follows from a gateway's answers. The message's key is our reference. Errors: throws for a message that is none of ours. */
export const gatewayAnswers = ({ clock, stopped }: NoticeParts, telling: Telling, channel: Channel): AnswerHandler => {
  const note = async (tx: Tx, key: string, state: 'sent' | 'failed' | 'given-up', reason: string | null) => {
    const way = wayOf(key, channel);
    if (!way) throw new Error(`${key} is no ${channel}`);
    await noteAnswer(tx, way, state, reason, clock.now());
  };
  return {
    answered: async (tx, { key }) => {
      await note(tx, key, 'sent', null);
      return undefined;
    },
    refused: (tx, { key }, { code, message }) => note(tx, key, 'failed', `${message}（${code}）`.slice(0, 100)),
    givenUp: async (tx, { key }) => {
      const at = clock.now();
      await note(tx, key, 'given-up', null);
      // A gateway that stands still gives up thousands of messages: said once a day is enough.
      await telling.raise(tx, {
        kind: stopped,
        values: {},
        matter: { type: 'notice.delivery', id: channel, row: { id: channel } },
        occasion: shanghaiDay(at),
        organisationId: null,
        at,
      });
      return undefined;
    },
  };
};

const report = z.object({
  reference: z.string(),
  state: z.enum(['delivered', 'failed']),
  reason: z.string().nullable(),
  at: z.string(),
});

/** What a gateway tells of a message's arrival, however late, often, or in whatever order. */
export const gatewayReports =
  ({ clock }: NoticeParts, channel: Channel): InboundHandler =>
  async (tx, { request }) => {
    const { reference, state, reason, at } = report.parse(request);
    const way = wayOf(reference, channel);
    const known = way && (await noteReport(tx, way, { state, reason, at: new Date(at) }, clock.now()));
    if (!known) return { outcome: 'refused', code: '4221', message: '没有这条消息', caseType: null, caseId: null };
    return { outcome: 'applied', caseType: 'notice', caseId: way.noticeId };
  };
