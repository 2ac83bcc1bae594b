import type { Channel } from './channel.ts';
import type { NoticeKind } from './notice-kind.ts';

/** Whether a notice of that kind takes that way to a person who has said so, said no, or said nothing (undefined). */
export const takesWay = (
  { outside }: Pick<NoticeKind, 'outside'>,
  channel: Channel,
  said: boolean | undefined,
): boolean => outside !== null && (outside.bound?.includes(channel) || (said ?? outside.channels.includes(channel)));
