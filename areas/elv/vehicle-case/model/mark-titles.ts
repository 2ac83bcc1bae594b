import type { HoldCode, Mark } from './vehicle-case.views.ts';

/** The watch marks in words, in the order they matter. */
export const markTitles: Readonly<Record<Mark['code'], string>> = {
  supervised: '监销',
  'yellow-label': '黄标',
  'new-energy': '新能源',
  'non-local': '外地',
  unregistered: '非车管',
  pledged: '抵押',
  sealed: '查封',
  'status-blocked': '状态异常',
  'status-notice': '状态提示',
  'accepted-elsewhere': '他企已受理',
  'check-digit': 'VIN 存疑',
};

/** What a case is held by, in a word for a list; the lifecycle has the whole sentence. */
export const holdTitles: Readonly<Record<HoldCode, string>> = { frozen: '已冻结', withdrawal: '撤销办理中' };
