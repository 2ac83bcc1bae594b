import type { PaperForm } from '../paper-form.ts';
import { understandCreditCode } from '../understand-codes.ts';
import { understandAddress, understandName } from '../understand-words.ts';

/** 营业执照, wide (since 2019) and upright (before). Source: 市场主体登记管理条例. */
export const businessLicence: PaperForm = {
  title: '营业执照',
  detail: 1600,
  enoughLabels: 4,
  decor: ['演示样本'],
  labels: [
    { id: 'title', texts: ['营业执照'] },
    { id: 'code', texts: ['统一社会信用代码'], beneath: true },
    { id: 'name', texts: ['名称', '企业名称'], lines: 'many' },
    { id: 'type', texts: ['类型', '主体类型', '组成形式'] },
    { id: 'address', texts: ['住所', '营业场所', '经营场所', '主要经营场所'], lines: 'many' },
    { id: 'person', texts: ['法定代表人', '负责人', '经营者', '投资人', '执行事务合伙人'] },
    { id: 'capital', texts: ['注册资本'] },
    { id: 'founded', texts: ['成立日期', '注册日期'] },
    { id: 'term', texts: ['营业期限', '合伙期限'] },
    { id: 'scope', texts: ['经营范围'], lines: 'many' },
    { id: 'office', texts: ['登记机关'] },
  ],
  fields: [
    { key: 'name', title: '名称', labels: ['name'], understand: understandName },
    {
      key: 'creditCode',
      title: '统一社会信用代码',
      labels: ['code'],
      understand: understandCreditCode,
      anywhere: true,
    },
    { key: 'legalRepresentative', title: '法定代表人', labels: ['person'], understand: understandName },
    { key: 'address', title: '住所', labels: ['address'], understand: understandAddress },
  ],
  printings: [
    {
      name: [24, 76.5],
      type: [24, 90.5],
      person: [24, 104.5],
      scope: [24, 118.5],
      capital: [166, 76.5],
      founded: [166, 90.5],
      address: [166, 104.5],
    },
  ],
};
