import { sql } from 'kysely';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { emptyingColumns } from '#kernel/retention/erasers.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { assumption } from '#kernel/source/source.ts';

const keep: Period = {
  setting: 'kernel.period.message-contents',
  title: '与外部系统往来报文的内容保存时限',
  fallback: 1_826,
  unit: 'day',
  source: assumption('台账、档案保存不少于三至五年，取五年；报文内容照此保存，请业主确认', '0059'),
};

/** Three years: the shorter end of what records are to be kept for. */
const leastDays = 1_096;

/**
 * What messages said, long after they were settled. Their rows stay, with key, digest, time and outcome: they prove what was sent and taken, and let nothing happen
 * twice. A message nobody has settled until then keeps what it says.
 */
export const messageRetentions: readonly Retention[] = [
  {
    id: 'sent-messages',
    title: '发出报文及答复的内容（报文的记录保留）',
    keep,
    leastDays,
    erase: emptyingColumns({
      table: 'kernel.outbox',
      columns: ['body', 'answer'],
      mayGo: sql`status in ('answered', 'refused') and (body is not null or answer is not null)`,
    }),
  },
  {
    id: 'received-messages',
    title: '收到报文的内容（报文的记录保留）',
    keep,
    leastDays,
    erase: emptyingColumns({ table: 'kernel.inbox', columns: ['body'], mayGo: sql`body is not null` }),
  },
];
