import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { tender } from '#kernel/source/source.ts';
import { textAt } from '#practices/registry/model/entry-sections.ts';
import type { AttachmentPlace, RegistryProfile } from '#practices/registry/model/profile.ts';
import { basicFields, capacityFields } from '../../dismantler/model/dismantler.fields.ts';
import { applicationFields, certificateFields, siteFields, staffFields } from './qualification.fields.ts';
import { qualificationFlow } from './qualification.flow.ts';
import { qualificationLifecycle } from './qualification.lifecycle.ts';
import { qualificationPeriods } from './qualification.periods.ts';

const place = (part: string, title: string, hint: string, more: Partial<AttachmentPlace> = {}): AttachmentPlace => ({
  part,
  title,
  hint,
  required: true,
  many: false,
  personal: false,
  ...more,
});

const leased = { section: 'site', field: 'landRight' } as const;
const leasedUntil = { section: 'site', field: 'leasedUntil' } as const;

/** The qualification of dismantlers: 回收拆解企业资质. The materials follow the law and our assumptions; see ADR 0032. Source: tender R10–R13. */
export const qualificationRegistry: RegistryProfile = {
  id: 'elv.qualification',
  title: '回收拆解企业资质',
  subject: '回收拆解企业',
  source: tender(10, 11, 12, 13),
  schema: 'elv_qualification',
  path: '/elv/qualifications',
  imports: false,
  organisationKind: 'dismantler',
  sections: {
    application: { title: '申请事项', fields: applicationFields, ofThisTime: true },
    basic: { title: '企业基本信息', fields: basicFields },
    site: { title: '经营场地与环境保护', fields: siteFields },
    capacity: { title: '能力与设备', fields: capacityFields },
    staff: { title: '人员', fields: staffFields },
    certificate: { title: '资质认定书', fields: certificateFields },
  },
  attachments: [
    place('business-licence', '营业执照', '正本或副本照片、扫描件'),
    place('application-form', '资质认定申请书', '法定代表人签字、加盖公章'),
    place('land-right', '场地权属或租赁材料', '不动产权证书，或租赁合同和出租方权属证明', { many: true }),
    place('environmental-approval', '环境影响评价批复', '批复文件及验收意见', { many: true }),
    place('equipment-list', '设备清单', '名称、型号、台数'),
    place('site', '场地照片', '作业区、存储区、危废间', { many: true }),
    place('operation-rules', '作业规范与应急预案', '拆解操作规范、环境保护和安全生产制度', {
      required: false,
      many: true,
    }),
    place('staff-list', '人员名册', '含个人信息，只供看得到明文的人员查看', {
      required: false,
      many: true,
      personal: true,
    }),
    place('other', '其他材料', '变更的证明材料等；可能含个人信息', { required: false, many: true, personal: true }),
  ],
  contradictions: (sections) => {
    const turned = textAt(sections, leased) === 'leased' && textAt(sections, leasedUntil) === null;
    return turned ? [{ path: 'site.leasedUntil', message: '租赁场地须填写租赁期' }] : [];
  },
  number: { section: 'certificate', field: 'certificateNo' },
  validity: { section: 'certificate', field: 'validUntil' },
  phone: { section: 'basic', field: 'contactPhone' },
  periods: { lapse: qualificationPeriods.lapse },
  flow: () => flow,
};

// Made once: schemas are costly, and every line of a list asks for the flow.
const flow = qualificationFlow(widened(qualificationLifecycle(qualificationRegistry)));
