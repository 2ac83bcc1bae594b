import { fuelTypes, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import type { PaperForm } from '../paper-form.ts';
import { understandEngineNumber, understandFileNumber, understandPlate, understandVin } from '../understand-codes.ts';
import {
  understandAddress,
  understandBrandModel,
  understandChoice,
  understandDay,
  understandDayAfter,
  understandMention,
  understandName,
  understandNumber,
} from '../understand-words.ts';
import { fuelAliases } from './fuel-aliases.ts';

/** 行驶证正页. Source: GA 37; domain 2.8. */
export const vehicleLicenceMain: PaperForm = {
  title: '行驶证正页',
  detail: 1120,
  enoughLabels: 5,
  decor: ['中华人民共和国', '公安', '交通警察', '演示样本', '总队'],
  labels: [
    { id: 'plate', texts: ['号牌号码'] },
    { id: 'type', texts: ['车辆类型'] },
    { id: 'owner', texts: ['所有人'], lines: 'many' },
    { id: 'address', texts: ['住址'], lines: 'many' },
    { id: 'use', texts: ['使用性质'] },
    { id: 'model', texts: ['品牌型号'] },
    { id: 'vin', texts: ['车辆识别代号'] },
    { id: 'engine', texts: ['发动机号码', '发动机号'] },
    { id: 'registered', texts: ['注册日期'] },
    { id: 'issued', texts: ['发证日期'] },
  ],
  fields: [
    { key: 'plateNo', title: '号牌号码', labels: ['plate'], understand: understandPlate, anywhere: true },
    {
      key: 'vehicleTypeCode',
      title: '车辆类型',
      labels: ['type'],
      understand: understandChoice(vehicleTypes),
      oneOfFew: true,
    },
    { key: 'ownerName', title: '所有人', labels: ['owner'], understand: understandName },
    { key: 'address', title: '住址', labels: ['address'], understand: understandAddress },
    {
      key: 'useNatureCode',
      title: '使用性质',
      labels: ['use'],
      understand: understandChoice(useNatures),
      oneOfFew: true,
    },
    { key: 'brandModel', title: '品牌型号', labels: ['model'], understand: understandBrandModel },
    { key: 'vin', title: '车辆识别代号', labels: ['vin'], understand: understandVin, anywhere: true },
    { key: 'engineNo', title: '发动机号码', labels: ['engine'], understand: understandEngineNumber },
    { key: 'registrationDate', title: '注册日期', labels: ['registered'], understand: understandDay },
    { key: 'issueDate', title: '发证日期', labels: ['issued'], understand: understandDay },
  ],
  printings: [
    {
      plate: [4, 14],
      type: [45, 14],
      owner: [4, 21.4],
      address: [4, 28.8],
      use: [4, 36.2],
      model: [33, 36.2],
      vin: [26, 43.6],
      engine: [26, 49.4],
      registered: [26, 55],
      issued: [57, 55],
    },
  ],
};

/** What stands in the remark beside the fuel. */
const scrapPhrase = /强制报废期止[:：]?[\d年月日./-]*/;

/** 行驶证副页. Source: GA 37; domain 2.8. */
export const vehicleLicenceDuplicate: PaperForm = {
  title: '行驶证副页',
  detail: 1120,
  enoughLabels: 5,
  decor: ['中华人民共和国', '演示样本'],
  labels: [
    { id: 'plate', texts: ['号牌号码'] },
    { id: 'file', texts: ['档案编号'] },
    { id: 'seats', texts: ['核定载人数'] },
    { id: 'total', texts: ['总质量'] },
    { id: 'curb', texts: ['整备质量'] },
    { id: 'load', texts: ['核定载质量'] },
    { id: 'size', texts: ['外廓尺寸'] },
    { id: 'towing', texts: ['准牵引总质量'] },
    { id: 'remark', texts: ['备注'], lines: 'many' },
    { id: 'inspection', texts: ['检验记录'], lines: 'many' },
  ],
  fields: [
    { key: 'plateNo', title: '号牌号码', labels: ['plate'], understand: understandPlate, anywhere: true },
    { key: 'fileNo', title: '档案编号', labels: ['file'], understand: understandFileNumber },
    { key: 'seats', title: '核定载人数', labels: ['seats'], understand: understandNumber(3) },
    { key: 'curbWeightKg', title: '整备质量', labels: ['curb'], understand: understandNumber(5) },
    {
      key: 'mandatoryScrapDate',
      title: '强制报废期止',
      labels: ['remark'],
      understand: understandDayAfter(/报废期止[:：]?|制报.期止[:：]?|强制.{1,3}期.?[:：]/),
      anywhere: true,
    },
    {
      key: 'fuelTypeCode',
      title: '燃料种类',
      labels: ['remark'],
      understand: understandMention(fuelTypes, fuelAliases, scrapPhrase),
    },
  ],
  printings: [
    {
      plate: [4, 10.9],
      file: [45, 10.9],
      seats: [4, 17.4],
      total: [45, 17.4],
      curb: [4, 23.9],
      load: [45, 23.9],
      size: [4, 30.4],
      towing: [45, 30.4],
      remark: [4, 36.9],
      inspection: [4, 44.4],
    },
  ],
};
