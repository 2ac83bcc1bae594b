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
}

/** The tables of notices. */
export type NoticeTables = { 'notice.notice': NoticeTable };
