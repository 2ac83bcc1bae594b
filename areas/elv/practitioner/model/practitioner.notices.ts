import { assumption, rule } from '#kernel/source/source.ts';
import { type NoticeGroup, noticeKind } from '#practices/notice/model/notice-kind.ts';

const group: NoticeGroup = { id: 'elv.practitioner', title: '从业人员' };
const ofPerson = { kind: 'title' } as const;
const objections = rule('上海市社会信用条例', '第三十六条');

const told = (event: string, title: string, text: string, outside: string) =>
  noticeKind({
    id: `elv.practitioner-conduct.${event}`,
    group,
    source: objections,
    title,
    text,
    slots: ofPerson,
    outside: { text: outside, channels: ['sms'] },
    permission: 'elv.practitioner-conduct:object',
  });

/** What is told of conduct records: to the enterprise what the commission did, to the commission that one is disputed. Nobody is named. Source: tender T2.10. */
export const conductNotices = {
  recorded: told(
    'recorded',
    '本企业人员有新的行为记录',
    '商务委为本企业一名从业人员记录了“{kind}”，请告知本人；有异议的可以提出。',
    '您单位一名从业人员有新的行为记录，请登录系统查看。',
  ),
  kept: told(
    'kept',
    '行为记录维持不变',
    '对“{kind}”的异议已处理：不成立，记录维持。理由见人员页面。',
    '您单位对从业人员行为记录的异议已处理，请登录系统查看。',
  ),
  corrected: told(
    'corrected',
    '行为记录已更正',
    '对“{kind}”的异议已处理：记录已更正。内容和理由见人员页面。',
    '您单位对从业人员行为记录的异议已处理，请登录系统查看。',
  ),
  struck: told(
    'struck',
    '行为记录已撤销',
    '“{kind}”的记录已撤销，不再计入诚信档案。理由见人员页面。',
    '您单位一名从业人员的行为记录已撤销，请登录系统查看。',
  ),
  objected: noticeKind({
    id: 'elv.practitioner-conduct.objected',
    group,
    source: objections,
    title: '行为记录有异议待处理',
    text: '企业对一名从业人员“{kind}”的记录提出异议，请由记录人以外的人员处理。',
    slots: ofPerson,
    outside: null,
    permission: 'elv.practitioner-conduct:keep',
  }),
};

/** The warning before a certificate lapses, once for each certificate. Source: tender T2.10. */
export const lapsingNotice = noticeKind({
  id: 'elv.practitioner.lapsing',
  group,
  source: assumption('证书到期前提醒所在企业，每份证书提醒一次', '0046'),
  title: '从业人员证书即将到期',
  text: '本企业一名从业人员的{kind}有效期至 {until}，请及时办理延续并登记新证书。',
  slots: { kind: 'title', until: 'day' },
  outside: { text: '您单位一名从业人员的证书有效期至{until}，请登录系统查看。', channels: ['sms'] },
  permission: 'elv.practitioner:edit',
});

/** Everything people are told of people at work. Source: tender T2.10. */
export const practitionerNotices = { ...conductNotices, lapsing: lapsingNotice };
