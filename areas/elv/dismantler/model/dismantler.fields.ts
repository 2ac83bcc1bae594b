import { z } from 'zod';
import { day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, tender } from '#kernel/source/source.ts';
import { checkPersonName } from '#practices/identity-codes/model/person-name.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { coordinatesIn } from '#practices/place/model/coordinates.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

const text = (least: number, most: number) =>
  z.string().trim().min(least, `至少 ${least} 个字`).max(most, `最多 ${most} 个字`);

const amount = (most: number) =>
  z.number('应为数字').int('应为整数').min(1, '应大于 0').max(most, `不应超过 ${most}，请核对`);

/** 企业基本信息. Source: tender R49.1 (注册地址、联系人、联系方式); the legal representative is what the company register is asked about. */
export const basicFields = fieldsOf({
  legalRepresentative: {
    title: '法定代表人',
    source: tender(10, 49),
    kind: 'text',
    // Published by the company register of every enterprise.
    sensitivity: 'open',
    schema: checkedBy(checkPersonName),
    comparedWith: 'legalRep',
    hint: '与营业执照一致',
  },
  registeredAddress: {
    title: '注册地址',
    source: tender(49),
    kind: 'long-text',
    sensitivity: 'open',
    schema: text(6, 200),
    comparedWith: 'registeredAddr',
    hint: '与营业执照一致',
  },
  contactName: {
    title: '联系人',
    source: tender(49),
    kind: 'text',
    sensitivity: 'personal',
    mask: 'name',
    schema: checkedBy(checkPersonName),
  },
  contactPhone: {
    title: '联系方式',
    source: tender(49),
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
    hint: '手机 11 位，或固定电话 021-12345678',
  },
});

/** 资质与备案. Source: tender R49.1 (回收拆解资质证书、备案文号、有效期、发证机关). The form of the numbers is not published: they are taken as they are. */
export const qualificationFields = fieldsOf({
  certificateNo: {
    title: '资质认定书编号',
    source: tender(49),
    kind: 'code',
    sensitivity: 'open',
    schema: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}()（）〔〕[\]\-/－号第字]{2,40}$/u, '2 至 40 位文字、字母、数字或 - / ( )'),
    hint: '编号规则未公布，按证书原样填写',
  },
  issuingAuthority: {
    title: '发证机关',
    source: tender(49),
    kind: 'text',
    sensitivity: 'open',
    schema: text(4, 60),
  },
  issuedOn: {
    title: '发证日期',
    source: assumption('招标需求只写有效期；发证日期用于核对有效期', '0031'),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
  },
  validUntil: {
    title: '有效期至',
    source: tender(49),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    hint: '到期前系统提醒企业和管理部门',
  },
  filingNo: {
    title: '备案文号',
    source: tender(49),
    kind: 'code',
    sensitivity: 'open',
    schema: text(2, 60),
    hint: '按备案文件原样填写',
  },
});

/** 能力与场地. Source: tender R49.1 (年回收能力、场地情况、主要设备). */
export const capacityFields = fieldsOf({
  yearlyCapacity: {
    title: '年回收能力',
    source: tender(49),
    kind: 'number',
    sensitivity: 'open',
    schema: amount(1_000_000),
    unit: '辆',
  },
  siteArea: {
    title: '场地面积',
    source: tender(49),
    kind: 'number',
    sensitivity: 'open',
    schema: amount(5_000_000),
    unit: '平方米',
  },
  siteCondition: {
    title: '场地情况',
    source: tender(49),
    kind: 'long-text',
    sensitivity: 'open',
    schema: text(4, 1_000),
    hint: '作业、存储场地的位置与布置，硬化防渗等情况',
  },
  sitePosition: {
    title: '场地位置',
    source: assumption('招标需求未要求登记场地坐标；用于核对现场照片的拍摄地点，可不填', '0043'),
    kind: 'text',
    sensitivity: 'open',
    schema: z
      .string()
      .trim()
      .max(40)
      .refine((text) => coordinatesIn(text) !== null, '应为“纬度, 经度”，如 31.23040, 121.47370'),
    optional: true,
    hint: '作业场地的纬度和经度，如 31.23040, 121.47370，可在手机地图上查到',
  },
  mainEquipment: {
    title: '主要设备',
    source: tender(49),
    kind: 'long-text',
    sensitivity: 'open',
    schema: text(4, 1_000),
    hint: '名称、型号与台数',
  },
});
