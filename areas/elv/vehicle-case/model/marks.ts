import { isShanghaiPlate } from '#practices/vehicle/model/plate.ts';
import { markTitles } from './mark-titles.ts';
import { isYellowLabelSuspect, judgeSupervision } from './supervision.ts';
import { isRegistered, isSupervised, type VehicleCase } from './vehicle-case.record.ts';
import { factsOf, vinDoubts } from './vehicle-case.slots.ts';
import type { Mark } from './vehicle-case.views.ts';
import { buildOf } from './vehicle-class.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const markOf = (code: Mark['code'], reason: string): Mark => ({ code, title: markTitles[code], reason });

const supervisionReason = (record: VehicleCase): string => {
  const { reasons } = judgeSupervision(
    text(record.sections.papers.vehicleTypeCode),
    text(record.sections.papers.useNatureCode),
  );
  if (record.supervision.raised) return '由经办或审核人员升级为监销';
  if (record.supervision.byPolice) return '公安标注为监销车';
  return reasons.map((reason) => reason.text).join('；');
};

const policeMarks = (record: VehicleCase): Mark[] => {
  const status = record.checks['vehicle-status'];
  const elsewhere = record.checks['accepted-elsewhere'];
  const marks: Mark[] = [];
  if (status?.status === 'answered' && status.verdict === 'block') {
    const code = status.text.includes('抵押') ? 'pledged' : status.text.includes('查封') ? 'sealed' : 'status-blocked';
    marks.push(markOf(code, status.text));
  }
  if (status?.status === 'answered' && (status.verdict === 'notice' || status.verdict === 'manual')) {
    marks.push(markOf('status-notice', status.text));
  }
  if (elsewhere?.status === 'answered' && elsewhere.verdict === 'block') {
    marks.push(markOf('accepted-elsewhere', elsewhere.text));
  }
  return marks;
};

/** The watch marks of a case, in the order they matter. Source: tender R02, domain 2.3, 2.9. */
export const marksOf = (record: VehicleCase): readonly Mark[] => {
  const { papers } = record.sections;
  const plate = text(papers.plateNo);
  const marks: Mark[] = [];
  const before = {
    ...record.supervision,
    byRule:
      record.supervision.byRule ||
      judgeSupervision(text(papers.vehicleTypeCode), text(papers.useNatureCode)).supervised,
  };
  if (isSupervised({ supervision: before })) marks.push(markOf('supervised', supervisionReason(record)));
  if (isYellowLabelSuspect(text(papers.fuelTypeCode), text(papers.registrationDate))) {
    marks.push(markOf('yellow-label', '按燃料和登记日期推定为黄标车，请核对排放标准'));
  }
  if (buildOf(factsOf(record)).newEnergy) marks.push(markOf('new-energy', '须拍动力蓄电池并登记编码'));
  if (!isRegistered(record)) marks.push(markOf('unregistered', '没有登记档案，不做公安比对，不办注销'));
  else if (plate !== null && !isShanghaiPlate(plate))
    marks.push(markOf('non-local', '外省市车辆，不做自动比对，须车管人工审核'));
  marks.push(...policeMarks(record));
  const [doubt] = vinDoubts(papers.vin);
  if (doubt !== undefined) marks.push(markOf('check-digit', `车辆识别代号${doubt}`));
  return marks;
};
