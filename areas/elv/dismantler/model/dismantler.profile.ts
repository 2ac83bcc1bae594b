import { assumption, tender } from '#kernel/source/source.ts';
import { textAt } from '#practices/registry/model/entry-sections.ts';
import type { AttachmentPlace, ReviewedTwice } from '#practices/registry/model/profile.ts';
import { twoReviews } from '#practices/registry/model/two-reviews.ts';
import { basicFields, capacityFields, qualificationFields } from './dismantler.fields.ts';

const place = (part: string, title: string, hint: string, more: Partial<AttachmentPlace> = {}): AttachmentPlace => ({
  part,
  title,
  hint,
  required: true,
  many: false,
  personal: false,
  ...more,
});

const validity = { section: 'qualification', field: 'validUntil' } as const;
const issued = { section: 'qualification', field: 'issuedOn' } as const;

/** The registry of dismantlers: 回收拆解企业库. Source: tender R49.1. */
export const dismantlerRegistry: ReviewedTwice = {
  id: 'elv.dismantler',
  title: '回收拆解企业库',
  subject: '回收拆解企业',
  source: tender(49),
  schema: 'elv',
  path: '/elv/dismantlers',
  imports: true,
  organisationKind: 'dismantler',
  sections: {
    basic: { title: '企业基本信息', fields: basicFields },
    qualification: { title: '资质与备案', fields: qualificationFields },
    capacity: { title: '能力与场地', fields: capacityFields },
  },
  attachments: [
    place('business-licence', '营业执照', '正本或副本照片、扫描件'),
    place('qualification-certificate', '资质认定书', '报废机动车回收拆解企业资质认定书'),
    place('filing', '备案文件', '备案回执或批文', { required: false }),
    place('site', '场地照片', '作业区、存储区、危废间', { many: true }),
    place('equipment', '设备照片', '主要拆解设备', { required: false, many: true }),
    place('other', '其他材料', '可能含个人信息，只供看得到明文的人员查看', {
      required: false,
      many: true,
      personal: true,
    }),
  ],
  contradictions: (sections) => {
    const [from, until] = [textAt(sections, issued), textAt(sections, validity)];
    const turned = from !== null && until !== null && until <= from;
    return turned ? [{ path: 'qualification.validUntil', message: '有效期至应晚于发证日期' }] : [];
  },
  number: { section: 'qualification', field: 'certificateNo' },
  validity,
  phone: { section: 'basic', field: 'contactPhone' },
  periods: {
    firstReview: {
      setting: 'elv.period.dismantler-first-review',
      title: '回收拆解企业库初审时限',
      fallback: 5,
      unit: 'working-day',
      source: assumption('招标需求未写明审核时限，按 5 个工作日预设，请业主确认', '0031'),
    },
    secondReview: {
      setting: 'elv.period.dismantler-second-review',
      title: '回收拆解企业库复审时限',
      fallback: 5,
      unit: 'working-day',
      source: assumption('招标需求未写明审核时限，按 5 个工作日预设，请业主确认', '0031'),
    },
    lapse: {
      setting: 'elv.period.dismantler-lapse',
      title: '资质到期提前提醒',
      fallback: 60,
      unit: 'day',
      source: assumption('招标需求未写明提前多久提醒，按 60 日预设，请业主确认', '0031'),
    },
  },
  flow: () => twoReviews(dismantlerRegistry),
};
