import type { Channel, DeliveryState } from '../model/channel.ts';

/** Rows of `notice.notice`; what the columns mean stands in the migration. */
export interface NoticeTable {
  id: string;
  kind: string;
  group_id: string;
  matter_type: string;
  matter_id: string;
  occasion: string;
  recipient_id: string;
  title: string;
  body: string;
  raised_at: Date;
  unread: boolean;
  read_at: Date | null;
  outside: string | null;
  outward: 'due' | 'held' | 'done';
}

/** Rows of `notice.delivery`. */
export interface DeliveryTable {
  notice_id: string;
  channel: Channel;
  state: DeliveryState;
  reason: string | null;
  queued_at: Date;
  changed_at: Date;
  reported_at: Date | null;
}

/** Rows of `notice.preference`. */
export interface PreferenceTable {
  person_id: string;
  group_id: string;
  channel: Channel;
  wanted: boolean;
}

/** Rows of `notice.news`. */
export interface NewsTable {
  id: string;
  kind: string;
  group_id: string;
  matter_type: string;
  matter_id: string;
  /** What access control sees of the matter, as JSON. */
  matter_row: string;
  occasion: string;
  permission: string;
  organisation_id: string | null;
  person_id: string | null;
  title: string;
  body: string;
  outside: string | null;
  raised_at: Date;
}

/** The tables of notices. */
export type NoticeTables = {
  'notice.news': NewsTable;
  'notice.notice': NoticeTable;
  'notice.delivery': DeliveryTable;
  'notice.preference': PreferenceTable;
};
