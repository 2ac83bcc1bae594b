import { rule, tender } from '#kernel/source/source.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { telling } from '#practices/notice/model/notice-kind.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { keepReason, reason } from './application.actions.ts';
import { qualificationForms, schemaOf, textOf, toldIn } from './qualification.forms.ts';
import {
  certified,
  hearingDay,
  hearingSettled,
  mayStillAsk,
  qualified,
  suspendedNow,
  unreceived,
} from './qualification.guards.ts';
import { qualificationNotices } from './qualification.notices.ts';
import { type EndKind, notify, suspensionOn, write, writtenOf } from './written.ts';

const { steps: notices } = qualificationNotices;
const penalties = '行政处罚法';
const licensing = '行政许可法';

/** States in which an application is under way; an enterprise that has a qualification keeps it meanwhile. */
export const applying = ['drafting', 'submitted', 'supplementing', 'reviewing', 'onSite', 'deciding'] as const;
/** States of a revocation that is under way; the qualification is in force until it is decided. */
export const revoking = ['hearingOffered', 'hearingRequested', 'hearingSet', 'heard'] as const;
/** Every state in which an enterprise may hold a qualification. */
export const inForce = ['qualified', ...applying, ...revoking] as const;
/** Every state after the end. */
export const over = ['revoked', 'annulled', 'cancelled'] as const;

const told =
  (title: string) =>
  (record: RegistryCase, input: unknown, now: Date): RegistryCase =>
    notify(record, { title, text: textOf(input, 'message'), departments: toldIn(input) }, now);

/** Ends the qualification: what it was stays in the steps; whether the enterprise is barred is the calendar's to say. */
const ended =
  (kind: EndKind, title: string, barred: (input: unknown) => boolean) =>
  (record: RegistryCase, input: unknown, now: Date): RegistryCase => {
    const before = writtenOf(record);
    // The formality after an end does not take its consequences away.
    const end = before.ended ? { ...before.ended, kind } : { kind, at: now.toISOString(), barred: barred(input) };
    return told(title)(write(record, { ended: end, suspension: null, hearing: null }), input, now);
  };

/** What every end does; the enterprise is told which. */
const ending = [
  { do: 'run', hook: 'restore-standing' },
  { do: 'run', hook: 'bar-applying' },
  { do: 'run', hook: 'leave-registry' },
  { do: 'run', hook: 'note-standing' },
] as const;

/** 停业整顿: the enterprise keeps its qualification and may not accept vehicles. Source: tender R13. */
export const suspensionActions = {
  suspend: {
    title: '责令停业整顿',
    source: tender(13),
    by: 'decider',
    from: inForce,
    to: 'stay',
    input: schemaOf(qualificationForms.suspend),
    record: (record: RegistryCase, input: unknown, now: Date) =>
      told('责令停业整顿')(
        write(record, {
          suspension: {
            decisionNo: textOf(input, 'decisionNo'),
            // One that is lengthened has gone on since its first day.
            from: suspensionOn(writtenOf(record), shanghaiDay(now))?.from ?? shanghaiDay(now),
            until: textOf(input, 'until'),
            noticedOn: textOf(input, 'noticedOn'),
            heard: textOf(input, 'heard'),
          },
        }),
        input,
        now,
      ),
    guards: [qualified],
    effects: [
      { do: 'run', hook: 'check-suspension' },
      { do: 'run', hook: 'note-standing' },
      telling(notices.suspended),
    ],
    consequence: '企业自此刻起不能新受理车辆；已受理的可以办完或移交',
    signed: true,
  },
  resume: {
    title: '提前恢复经营',
    source: tender(13),
    by: 'decider',
    from: inForce,
    to: 'stay',
    input: schemaOf(qualificationForms.resume),
    record: (record: RegistryCase, input: unknown, now: Date) =>
      told('停业整顿提前结束')(write(record, { suspension: null }), input, now),
    guards: [qualified, suspendedNow],
    effects: [{ do: 'run', hook: 'note-standing' }, telling(notices.resumed)],
    consequence: '企业自此刻起可以受理车辆',
    signed: true,
  },
} as const;

const heard = (record: RegistryCase, part: object): RegistryCase => {
  const { hearing } = writtenOf(record);
  const begun = hearing ?? { offeredAt: '', askUntil: null, requestedAt: null, heldOn: null };
  return write(record, { hearing: { ...begun, ...part } });
};

/** The way to a revocation, with the enterprise's right to be heard. Source: 行政处罚法第六十三条、第六十四条. */
export const hearingActions = {
  offerHearing: {
    title: '拟吊销，告知听证权利',
    source: rule(penalties, '第六十三条第一款第（三）项'),
    by: 'officer',
    from: ['qualified', ...applying],
    to: 'hearingOffered',
    input: schemaOf(qualificationForms.offerHearing),
    record: (record: RegistryCase, input: unknown, now: Date) =>
      told('拟吊销资质，告知听证权利')(
        write(record, {
          hearing: { offeredAt: now.toISOString(), askUntil: null, requestedAt: null, heldOn: null },
        }),
        input,
        now,
      ),
    guards: [qualified],
    effects: [
      { do: 'run', hook: 'restore-standing' },
      { do: 'run', hook: 'set-hearing-period' },
      { do: 'run', hook: 'ask-events' },
      telling(notices.hearingOffered),
    ],
    consequence: '企业可在 5 个工作日内申请听证；正在办理的变更申请就此中止',
    signed: true,
  },
  requestHearing: {
    title: '申请听证',
    source: rule(penalties, '第六十四条第（一）项'),
    by: 'applicant',
    from: ['hearingOffered'],
    to: 'hearingRequested',
    input: schemaOf(qualificationForms.requestHearing),
    record: (record: RegistryCase, _: unknown, now: Date) => heard(record, { requestedAt: now.toISOString() }),
    guards: [mayStillAsk],
    signed: true,
  },
  scheduleHearing: {
    title: '通知听证',
    source: rule(penalties, '第六十四条第（二）项'),
    by: 'officer',
    from: ['hearingRequested'],
    to: 'hearingSet',
    input: schemaOf(qualificationForms.scheduleHearing),
    record: (record: RegistryCase, input: unknown, now: Date) =>
      told('听证通知')(heard(record, { heldOn: textOf(input, 'heldOn') }), input, now),
    effects: [{ do: 'run', hook: 'check-hearing-notice' }, telling(notices.hearingSet)],
    consequence: '听证须在 7 个工作日前通知',
    signed: true,
  },
  recordHearing: {
    title: '记录听证',
    source: rule(penalties, '第六十四条第（四）项、第（八）项'),
    by: 'officer',
    from: ['hearingSet'],
    to: 'heard',
    input: schemaOf(qualificationForms.recordHearing),
    guards: [hearingDay],
    signed: true,
    apartFrom: ['offerHearing'],
  },
  dropRevocation: {
    title: '不予吊销',
    source: rule(penalties, '第五十七条'),
    by: 'decider',
    from: revoking,
    to: 'qualified',
    input: reason,
    record: (record: RegistryCase, input: unknown) => write(keepReason(record, input), { hearing: null }),
    effects: [telling(notices.revocationDropped)],
    consequence: '吊销程序就此结束，企业保持资质',
    signed: true,
  },
} as const;

/** The three ends, kept apart: a penalty, the taking back of what should not have been given, a formality. Source: tender R13. */
export const endActions = {
  revoke: {
    title: '吊销资质',
    source: rule(penalties, '第五十七条、第六十五条'),
    by: 'decider',
    from: ['hearingOffered', 'heard'],
    to: 'revoked',
    input: schemaOf(qualificationForms.revoke),
    record: ended('revoked', '吊销资质', () => true),
    guards: [qualified, hearingSettled],
    effects: [...ending, telling(notices.revoked)],
    consequence: '吊销是行政处罚：企业自此刻起不能新受理车辆，三年内不得重新申请；已受理的可以办完或移交',
    signed: true,
    apartFrom: ['offerHearing'],
  },
  annul: {
    title: '撤销资质',
    source: rule(licensing, '第六十九条'),
    by: 'decider',
    from: inForce,
    to: 'annulled',
    input: schemaOf(qualificationForms.annul),
    record: ended('annulled', '撤销资质', (input) => textOf(input, 'ground') === 'fraud'),
    guards: [qualified],
    effects: [...ending, telling(notices.annulled)],
    consequence: '撤销针对不应作出的准予决定：企业自此刻起不能新受理车辆；已受理的可以办完或移交',
    signed: true,
  },
  cancel: {
    title: '注销资质',
    source: rule(licensing, '第七十条'),
    by: 'decider',
    from: [...inForce, 'revoked', 'annulled'],
    to: 'cancelled',
    input: schemaOf(qualificationForms.cancel),
    record: ended('cancelled', '注销资质', () => false),
    guards: [certified],
    effects: [...ending, telling(notices.cancelled)],
    consequence: '注销是许可失效后的手续：企业不能再受理车辆；已受理的可以办完或移交',
    signed: true,
  },
} as const;

/** What goes on while a qualification is in force. Source: tender R10 (年审), R13 (消息推送至企业). */
export const upkeepActions = {
  reviewYear: {
    title: '登记年审',
    source: tender(10),
    by: 'officer',
    from: ['qualified'],
    to: 'stay',
    input: schemaOf(qualificationForms.reviewYear),
    record: (record: RegistryCase, input: unknown) => {
      const { years } = writtenOf(record);
      const { year } = input as { readonly year: number };
      return write(record, { years: [...years, { year, conclusion: textOf(input, 'conclusion') }] });
    },
    effects: [{ do: 'run', hook: 'check-year' }],
    signed: true,
  },
  confirmReceipt: {
    title: '确认收悉通知',
    source: tender(13),
    by: 'applicant',
    from: [...inForce, ...over],
    to: 'stay',
    record: (record: RegistryCase, _: unknown, now: Date) =>
      write(record, {
        notices: writtenOf(record).notices.map((one) => ({ ...one, receivedAt: one.receivedAt ?? now.toISOString() })),
      }),
    guards: [unreceived],
    signed: true,
  },
} as const;
