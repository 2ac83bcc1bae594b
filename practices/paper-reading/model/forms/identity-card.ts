import type { PaperForm } from '../paper-form.ts';
import { understandIdentityNumber } from '../understand-codes.ts';
import { understandAddress, understandName } from '../understand-words.ts';

/** 居民身份证人像面. Source: GA 448. */
export const identityCardFront: PaperForm = {
  title: '身份证人像面',
  detail: 1120,
  enoughLabels: 3,
  decor: ['演示样本'],
  labels: [
    { id: 'name', texts: ['姓名'] },
    { id: 'sex', texts: ['性别'] },
    { id: 'nation', texts: ['民族'] },
    { id: 'birth', texts: ['出生'] },
    { id: 'address', texts: ['住址'], lines: 'many' },
    { id: 'number', texts: ['公民身份号码'] },
  ],
  fields: [
    { key: 'name', title: '姓名', labels: ['name'], understand: understandName },
    {
      key: 'identityNo',
      title: '公民身份号码',
      labels: ['number'],
      understand: understandIdentityNumber,
      anywhere: true,
    },
    { key: 'address', title: '住址', labels: ['address'], understand: understandAddress },
  ],
  printings: [
    { name: [6, 8.6], sex: [6, 15.6], nation: [25, 15.6], birth: [6, 22.4], address: [6, 29.6], number: [6, 47.1] },
  ],
};
