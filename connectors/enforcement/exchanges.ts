import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireDate, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

/** Text without a sign that no database keeps: one of them must not hide all events. */
const plain = z.string().transform((told) => told.replaceAll('\u0000', '').trim());
const text = (most: number) => plain.pipe(z.string().min(1).max(most));

const listEvents = exchange({
  title: '企业执法事件查询',
  source: tender(13),
  direction: 'out',
  effect: 'read',
  request: z.object({
    reference: z.string().min(1).max(100),
    uscc: z.string().length(18),
    /** Happened on this day or later. */
    since: z.iso.date(),
  }),
  /** Officers, and people of the enterprise who were heard, are not taken over, and so not kept either: what is not named here is dropped when the answer is read. */
  response: z.object({
    events: z
      .array(
        z.object({
          eventNo: text(80),
          /** The case it belongs to; an inspection no case came of has a number of its own. */
          caseNo: text(80),
          /** `inspection`, `filing`, `corrective-order`, `coercive-measure` or `closing`; a word we do not know is kept as it came. */
          kind: text(1_000),
          happenedOn: wireDate,
          /** Which authority acted. */
          department: text(1_000),
          /** What it was about. */
          matter: text(10_000),
          /** How the case stands when the answer is made: `open` or `closed`. */
          state: text(1_000),
          result: maybe(plain.pipe(z.string().max(10_000))),
        }),
      )
      .max(5_000),
    updatedAt: wireInstant,
  }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

/** The city's enforcement system: what authorities did with an enterprise before and beside a penalty. Source: tender R13 (与执法系统对接). */
export const enforcement = connector({
  id: 'enforcement',
  title: '执法系统',
  source: assumption('官方报文不可得，字段与状态为本系统拟定，见 connectors/enforcement/README.md'),
  exchanges: { 'list-events': listEvents },
});
