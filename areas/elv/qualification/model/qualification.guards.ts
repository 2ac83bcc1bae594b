import type { Guard } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { shanghaiDay, shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { certificateNoOf, suspensionOn, writtenOf } from './written.ts';

type QualificationGuard = Guard<RegistryCase>;

const one = (path: string, message: string) => [{ path, message }];

/** The enterprise holds a qualification. */
export const qualified: QualificationGuard = {
  name: 'qualified',
  source: tender(13),
  check: ({ record }) => (record.standing ? [] : one('', '该企业没有有效的资质')),
};

/** There is a certificate to cancel: the qualification stands, or has ended otherwise and no new one is applied for. */
export const certified: QualificationGuard = {
  name: 'certified',
  source: rule('行政许可法', '第七十条'),
  check: ({ record }) =>
    certificateNoOf(record) === undefined ? one('', '该企业没有可以注销的资质认定书：从未取得，或正在重新申请') : [],
};

/** What is applied for fits what the enterprise has. */
export const matterFits: QualificationGuard = {
  name: 'matter-fits',
  source: tender(10, 12),
  check: ({ record }) => {
    const { matter } = record.sections.application ?? {};
    if (matter === undefined || (matter === 'initial') === (record.standing === null)) return [];
    const message = record.standing
      ? '企业已有资质，申请事项应为变更或延续'
      : '企业没有有效的资质，申请事项应为首次申请';
    return one('application.matter', message);
  },
};

/** The enterprise is not barred from applying after its qualification was taken away. */
export const notBarred: QualificationGuard = {
  name: 'not-barred',
  source: rule('行政许可法', '第七十九条'),
  check: ({ record, now }) => {
    const { ended, barredUntil } = writtenOf(record);
    if (!ended || barredUntil === null || new Date(barredUntil) < now) return [];
    const how = ended.kind === 'revoked' ? '吊销' : '撤销';
    const until = shanghaiDay(new Date(barredUntil));
    return one(
      '',
      `企业资质已于 ${shanghaiDay(new Date(ended.at))} 被${how}，${until} 前不得重新申请；对决定不服的，请依决定书载明的途径申请复议或起诉`,
    );
  },
};

/** A change that leaves site, capacity and staff as they were needs no visit; a first application and a renewal do. */
export const nothingToVisit: QualificationGuard = {
  name: 'nothing-to-visit',
  source: assumption('不涉及场地、能力、人员的变更可只作书面审查', '0032'),
  check: ({ record: { standing, sections } }) => {
    if (!standing) return one('', '首次申请须现场评审');
    if (sections.application?.matter === 'renewal') return one('', '延续须现场评审');
    const touched = ['site', 'capacity', 'staff'].some(
      (name) => JSON.stringify(standing.sections[name] ?? {}) !== JSON.stringify(sections[name] ?? {}),
    );
    return touched ? one('', '变更涉及场地、能力或人员，须现场评审') : [];
  },
};

/** The visit did not find that the enterprise is unfit. */
export const visitPassed: QualificationGuard = {
  name: 'visit-passed',
  source: rule('行政许可法', '第三十八条'),
  check: ({ record }) =>
    writtenOf(record).visitConclusion === 'fail' ? one('', '现场评审结论为不符合条件，不能准予') : [],
};

/** The period has not been extended before. */
export const notExtended: QualificationGuard = {
  name: 'not-extended',
  source: rule('行政许可法', '第四十二条'),
  check: ({ record }) => (writtenOf(record).extended ? one('', '决定期限已延长过一次，不能再延长') : []),
};

/** A suspension is in force. */
export const suspendedNow: QualificationGuard = {
  name: 'suspended',
  source: tender(13),
  check: ({ record, now }) => (suspensionOn(writtenOf(record), shanghaiDay(now)) ? [] : one('', '企业没有在停业整顿')),
};

/** The enterprise may still ask to be heard. */
export const mayStillAsk: QualificationGuard = {
  name: 'may-still-ask',
  source: rule('行政处罚法', '第六十四条第（一）项'),
  check: ({ record, now }) => {
    const until = writtenOf(record).hearing?.askUntil;
    return until && new Date(until) < now ? one('', `申请听证的期限已于 ${shanghaiMinute(new Date(until))} 届满`) : [];
  },
};

/** Nobody is deprived of a hearing: it was held, or the time to ask for it has run out. */
export const hearingSettled: QualificationGuard = {
  name: 'hearing-settled',
  source: rule('行政处罚法', '第六十三条第一款第（三）项、第六十四条'),
  check: ({ record, now }) => {
    const hearing = writtenOf(record).hearing;
    if (!hearing) return one('', '尚未告知企业听证权利');
    if (hearing.heldOn !== null || hearing.requestedAt !== null) return [];
    const until = hearing.askUntil;
    return until === null || new Date(until) >= now
      ? one('', `企业可在 ${until ? shanghaiMinute(new Date(until)) : '期限'} 前申请听证，期满前不能作出吊销决定`)
      : [];
  },
};

/** The day of the hearing has come. */
export const hearingDay: QualificationGuard = {
  name: 'hearing-day',
  source: rule('行政处罚法', '第六十四条第（二）项'),
  check: ({ record, now }) => {
    const on = writtenOf(record).hearing?.heldOn;
    return on && on > shanghaiDay(now) ? one('', `听证定于 ${on} 举行，尚未到期`) : [];
  },
};

/** There is a message the enterprise has not taken note of. */
export const unreceived: QualificationGuard = {
  name: 'unreceived',
  source: tender(13),
  check: ({ record }) =>
    writtenOf(record).notices.some(({ receivedAt }) => receivedAt === null) ? [] : one('', '没有待确认收悉的通知'),
};
