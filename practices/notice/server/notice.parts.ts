import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Message } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Db } from '#kernel/db/database.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Channel } from '../model/channel.ts';
import type { NoticeKind } from '../model/notice-kind.ts';
import type { QuietHours } from '../model/quiet-hours.ts';
import type { Reached, Recipients } from './recipients.ts';

/** What goes to one address under our reference. */
export interface Letter {
  readonly reference: string;
  readonly address: string;
  readonly title: string;
  readonly text: string;
}

/** What notices work with. */
export interface NoticeParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly access: StoredAccess;
  readonly recipients: Recipients & Reached;
  readonly settings: Pick<RuntimeSettings, 'deadline'>;
  /** When no short message goes out but what is urgent; null where there are no such hours. */
  readonly quietHours: QuietHours | null;
  readonly outbox: Pick<Outbox, 'put'>;
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
  /** How each gateway wants a letter. */
  readonly letterTo: Readonly<Record<Channel, (letter: Letter) => Message>>;
  /** Every kind there is. */
  readonly kinds: readonly NoticeKind[];
  /** What those are told who look after the gateways, when one takes nothing for too long. */
  readonly stopped: NoticeKind<Record<never, never>>;
}
