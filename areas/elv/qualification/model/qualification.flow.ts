import type { LifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay, shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { EntryNote, RegistryFlow, StepTone } from '#practices/registry/model/flow.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { qualificationForms } from './qualification.forms.ts';
import type { QualificationAction } from './qualification.lifecycle.ts';
import { qualificationNotices } from './qualification.notices.ts';
import { certificateNoOf, suspensionOn, writtenOf } from './written.ts';

const tones: Readonly<Record<QualificationAction, StepTone>> = {
  submit: 'primary',
  resubmit: 'primary',
  abandonChange: 'plain',
  beginChange: 'plain',
  applyAgain: 'plain',
  accept: 'primary',
  requestSupplement: 'return',
  declineApplication: 'danger',
  passReview: 'primary',
  passOnPapers: 'primary',
  recordOnSite: 'primary',
  extend: 'plain',
  grant: 'primary',
  refuse: 'danger',
  suspend: 'danger',
  resume: 'plain',
  offerHearing: 'plain',
  requestHearing: 'primary',
  scheduleHearing: 'primary',
  recordHearing: 'primary',
  dropRevocation: 'return',
  revoke: 'danger',
  annul: 'danger',
  cancel: 'danger',
  reviewYear: 'plain',
  confirmReceipt: 'plain',
};

/** What a suspended enterprise is marked with, in lists and at the head of its page. */
export const suspendedMark = '停业整顿';

const onStanding = new Set(['suspend', 'resume', 'offerHearing', 'annul', 'abandonChange']);

const idle = (action: string, record: RegistryCase): boolean => {
  const { suspension, notices } = writtenOf(record);
  if (onStanding.has(action) && record.standing === null) return true;
  if (action === 'cancel') return certificateNoOf(record) === undefined;
  if (action === 'resume') return suspension === null;
  if (action === 'passOnPapers') return record.standing === null;
  return action === 'confirmReceipt' && notices.every(({ receivedAt }) => receivedAt !== null);
};

const waits: Readonly<Record<string, string>> = {
  drafting: '回收拆解企业经办人',
  supplementing: '回收拆解企业经办人',
  hearingOffered: '企业申请听证，或期满后由资质决定人员决定',
  deciding: '资质决定人员',
  heard: '资质决定人员',
  submitted: '资质受理审查人员',
  reviewing: '资质受理审查人员',
  onSite: '资质受理审查人员',
  hearingRequested: '资质受理审查人员',
  hearingSet: '资质受理审查人员',
};

const reasonTitle = (state: string, stands: boolean): string => {
  if (state === 'supplementing') return '需要补正：';
  if (state === 'refused') return '没有取得资质，原因：';
  return stands ? '上次申请或程序的结果：' : '原因：';
};

const endWords = { revoked: '资质已被吊销', annulled: '资质已被撤销', cancelled: '资质已注销' } as const;

const standingNotes = (record: RegistryCase, today: string): readonly EntryNote[] => {
  const written = writtenOf(record);
  const suspension = suspensionOn(written, today);
  const { ended, barredUntil, hearing } = written;
  return [
    ...(suspension
      ? [
          {
            key: 'suspension',
            tone: 'danger' as const,
            title: `停业整顿至 ${suspension.until}：`,
            text: `自 ${suspension.from} 起不得新受理车辆（${suspension.decisionNo}）；已受理的可以办完或移交`,
          },
        ]
      : []),
    ...(ended && record.standing === null
      ? [
          {
            key: 'ended',
            tone: 'danger' as const,
            title: `${endWords[ended.kind]}：`,
            text: `不得新受理车辆；已受理的可以办完或移交${barredUntil ? `；${shanghaiDay(new Date(barredUntil))} 前不得重新申请` : ''}`,
          },
        ]
      : []),
    ...(hearing?.askUntil && hearing.requestedAt === null
      ? [
          {
            key: 'hearing',
            tone: 'returned' as const,
            title: '听证权利：',
            text: `企业可在 ${shanghaiMinute(new Date(hearing.askUntil))} 前申请听证`,
          },
        ]
      : []),
  ];
};

/** Messages nobody has taken note of, newest first; the others stand in the steps. */
const messages = (record: RegistryCase): readonly EntryNote[] =>
  writtenOf(record)
    .notices.filter(({ receivedAt }) => receivedAt === null)
    .reverse()
    .map(({ title, text, departments, at }, index) => ({
      key: `notice-${index}`,
      tone: 'returned',
      title: `通知企业：${title}（${shanghaiMinute(new Date(at))}，企业未确认收悉）：`,
      text: departments.length > 0 ? `${text}\n已通报：${departments.join('、')}` : text,
    }));

/** How qualifications move, as their pages and lists need to know it. Source: tender R10–R13. */
export const qualificationFlow = (lifecycle: LifecycleOf<RegistryCase>): RegistryFlow => ({
  lifecycle,
  tones,
  unhurried: [],
  idle,
  duties: {
    drafting: '资质申请待提交',
    submitted: '资质申请待受理',
    supplementing: '资质申请待补正',
    reviewing: '资质申请待审查',
    onSite: '资质待现场评审',
    deciding: '资质申请待决定',
    hearingOffered: '拟吊销，可申请听证',
    hearingRequested: '待通知听证',
    hearingSet: '待举行听证',
    heard: '听证后待决定',
  },
  judged: ['submitted', 'reviewing', 'onSite', 'deciding'],
  beside: ['suspend', 'resume', 'offerHearing', 'annul', 'cancel'],
  mark: (record, today) => (suspensionOn(writtenOf(record), today) ? suspendedMark : null),
  judging: ['accept', 'passReview', 'passOnPapers', 'recordOnSite', 'grant'],
  rest: 'qualified',
  looks: { qualified: 'done', refused: 'refused', revoked: 'refused', annulled: 'refused', cancelled: 'idle' },
  waitingFor: (state) => waits[state] ?? '',
  forms: qualificationForms,
  templates: {
    accept: ['材料齐全，符合法定形式，予以受理'],
    grant: ['符合资质认定条件，准予许可', '同意变更', '同意延续'],
    refuse: ['场地、设备不符合 GB 22128-2019 要求', '不具备污染防治设施'],
    declineApplication: ['申请事项依法不需要取得资质认定', '申请事项不属于本机关职权范围'],
    extend: ['案情复杂，需要进一步核实环境保护设施'],
  },
  reasonTitle,
  notices: qualificationNotices,
  notes: (record, today) => [...standingNotes(record, today), ...messages(record)],
  words: {
    declare: '申请资质',
    undeclared: '本企业还没有申请资质',
    undeclaredHow: '点右上角的申请资质，填写企业、场地、能力信息并上传材料；准予后生成资质认定书。',
    empty: '回收拆解企业提出申请后，会出现在这里；受理、审查、现场评审后作出决定。',
    since: '首次取得',
    standing: '只看有资质',
    stood: '原核准',
    changing: '变更或延续办理中，原资质有效',
    renewal: '延续须在届满三十日前申请。',
    noFiles: '没有上传材料。',
  },
});
