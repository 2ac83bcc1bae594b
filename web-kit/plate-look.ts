/** How a plate is painted. Source: GA 36-2018. */
export type PlateLook = 'blue' | 'yellow' | 'green' | 'yellow-green' | 'white' | 'black' | 'none';

/** What a look is called, for those who listen to the screen. */
export const plateLookTitle: Readonly<Record<PlateLook, string>> = {
  blue: '蓝牌',
  yellow: '黄牌',
  green: '绿牌',
  'yellow-green': '黄绿牌',
  white: '白牌',
  black: '黑牌',
  none: '无号牌',
};

/** Looks by plate type code. Source: GA/T 16.7 (codes), GA 36-2018 (colours); a code that is not here is drawn blue. */
const lookByType: Readonly<Record<string, PlateLook>> = {
  '01': 'yellow',
  '02': 'blue',
  '03': 'black',
  '04': 'black',
  '05': 'black',
  '06': 'black',
  '07': 'yellow',
  '08': 'blue',
  '09': 'black',
  '10': 'black',
  '11': 'black',
  '12': 'black',
  '13': 'yellow',
  '14': 'green',
  '15': 'yellow',
  '16': 'yellow',
  '17': 'yellow',
  '20': 'white',
  '21': 'white',
  '22': 'white',
  '23': 'white',
  '24': 'white',
  '25': 'green',
  '26': 'black',
  '27': 'black',
  '31': 'white',
  '32': 'white',
  '41': 'none',
  '51': 'yellow-green',
  '52': 'green',
};

/** The look of a plate: by its type where known, else by its letters (eight characters are new energy). */
export const plateLook = (plateNo: string | null, plateTypeCode: string | null): PlateLook => {
  if (plateNo === null || plateNo === '') return 'none';
  const known = plateTypeCode === null ? undefined : lookByType[plateTypeCode];
  if (known && known !== 'none') return known;
  if (plateNo.length === 8) return /\d$/.test(plateNo) ? 'green' : 'yellow-green';
  if (plateNo.endsWith('挂') || plateNo.endsWith('学')) return 'yellow';
  if (plateNo.endsWith('警')) return 'white';
  return /[领使港澳]$/.test(plateNo) ? 'black' : 'blue';
};
