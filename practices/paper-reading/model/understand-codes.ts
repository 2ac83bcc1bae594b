import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import {
  checkSocialCreditCode,
  organisationCheckCharacter,
} from '#practices/identity-codes/model/social-credit-code.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import { checkEngineNumber } from '#practices/vehicle/model/engine-number.ts';
import { checkPlate, normalisePlate } from '#practices/vehicle/model/plate.ts';
import { gradeVin } from '#practices/vehicle/model/vin.ts';
import type { Understanding, Understood } from './paper-form.ts';
import { repaired } from './repair.ts';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const platePattern = new RegExp(`[${provinces}][A-Z0-9]{6,7}[挂学警领港澳]?|[${provinces}][A-Z0-9]{5}[挂学警领港澳]`);

/** Letters that are no province's but look like one's. */
const provinceLookAlikes: Readonly<Record<string, string>> = {
  泸: '沪',
  护: '沪',
  户: '沪',
  淅: '浙',
  渐: '浙',
  院: '皖',
  完: '皖',
  奥: '粤',
  翼: '冀',
  芬: '苏',
};
/** The letter a digit in the second place is taken for; O was the police's own and is no more. */
const officeLetters: Readonly<Record<string, string>> = {
  '0': 'D',
  '1': 'I',
  '8': 'B',
  '4': 'A',
  '5': 'S',
  '2': 'Z',
  '6': 'G',
};

/** The first place is a province, the second a letter, the serial has neither I nor O; that of eight places begins or ends in a letter. */
const plateSpelt = (plate: string): string => {
  const letter = officeLetters[plate.charAt(1)] ?? plate.charAt(1);
  const serial = plate.slice(2).replaceAll('O', '0').replaceAll('I', '1');
  return `${plate.charAt(0)}${letter}${/^0\d{5}$/.test(serial) ? `D${serial.slice(1)}` : serial}`;
};

/** 号牌号码; a letter taken for another of its look speaks against it. Source: GA 36-2018. */
export const understandPlate: Understanding = (text) => {
  const spelt = normalisePlate(text).replace(
    /[^A-Z0-9](?=[A-Z0-9]{6})/u,
    (letter) => provinceLookAlikes[letter] ?? letter,
  );
  const found = platePattern.exec(spelt)?.[0];
  if (!found) return undefined;
  const isAsRead = normalisePlate(text).includes(found) && !(found.charAt(1) in officeLetters);
  // A letter of the next column may cling to the end; the longest sound plate counts.
  for (const end of [found.length, found.length - 1]) {
    const plate = found.slice(0, end);
    const verdict = checkPlate(plateSpelt(plate));
    if (!verdict.ok) continue;
    const isWhole = isAsRead && end === found.length && !/^..0\d{5}$/.test(plate);
    return { value: verdict.value, sureness: isWhole ? 1 : 0.5 };
  }
  return undefined;
};

const vinSpelt = (text: string): string =>
  normaliseCode(text)
    .replace(/[OQ]/g, '0')
    .replaceAll('I', '1')
    .replace(/[^A-Z0-9]/g, '');

/** Below this a repair is worth trying: a plainly read number with a wrong digit is a wrong number, and the clerk is told. */
const plain = 0.9;

const vinAt = (candidate: string, confidence: number): Understood | undefined => {
  if (gradeVin(candidate) === 'valid') return { value: candidate, sureness: 1, proven: true };
  const mended = confidence < plain ? repaired(candidate, (one) => gradeVin(one) === 'valid') : undefined;
  return mended === undefined ? undefined : { value: mended, sureness: 0.85 };
};

/**
 * 车辆识别代号: 17 places, O and Q read as 0, I as 1; mended when exactly one look-alike has the right check digit. Other frame numbers
 * of old vehicles are taken as they stand, with doubt. Source: GB 16735; domain 3.1.
 */
export const understandVin: Understanding = (text, confidence) => {
  const letters = vinSpelt(text);
  const windows = Array.from({ length: Math.max(0, letters.length - 16) }, (_, at) => letters.slice(at, at + 17));
  const proven = windows.find((one) => gradeVin(one) === 'valid');
  if (proven) return { value: proven, sureness: 1, proven: true };
  if (windows.length === 1) return vinAt(letters, confidence) ?? { value: letters, sureness: 0.75 };
  const first = windows[0];
  if (first) return { value: letters.slice(0, 17), sureness: 0.5 };
  return letters.length >= 6 ? { value: letters, sureness: 0.5 } : undefined;
};

/** 发动机号. O and 0 cannot be told apart by rule; the recogniser writes # for a letter it sees but cannot read. */
export const understandEngineNumber: Understanding = (text) => {
  if (/^[无元]$/.test(text.trim())) return { value: '无', sureness: 0.9 };
  const verdict = checkEngineNumber(normaliseCode(text).replace(/[^A-Z0-9*\-/,、，]/g, ''));
  if (!verdict.ok || !/\d/.test(verdict.value)) return undefined;
  return { value: verdict.value, sureness: text.includes('#') ? 0.3 : 1 };
};

const digitSpelt = (text: string): string =>
  normaliseCode(text)
    .replace(/[OQD]/g, '0')
    .replace(/[IL|]/g, '1')
    .replaceAll('Z', '2')
    .replaceAll('S', '5')
    .replaceAll('B', '8')
    .replaceAll('G', '6');

/** 公民身份号码: 18 places with a check digit. Source: GB 11643-1999. */
export const understandIdentityNumber: Understanding = (text, confidence) => {
  const found = /\d{17}[\dX]/.exec(digitSpelt(text))?.[0];
  if (!found) return undefined;
  if (checkIdentityNumber(found).ok) return { value: found, sureness: 1, proven: true };
  const mended = confidence < plain ? repaired(found, (one) => checkIdentityNumber(one).ok) : undefined;
  return mended === undefined ? { value: found, sureness: 0.6 } : { value: mended, sureness: 0.85 };
};

/** The code's alphabet has Q, but not I, O, S, V, Z. */
const creditSpelt = (text: string): string =>
  normaliseCode(text)
    .replaceAll('O', '0')
    .replaceAll('I', '1')
    .replaceAll('S', '5')
    .replaceAll('Z', '2')
    .replace(/[^A-Z0-9]/g, '');

const isCreditCode = (code: string): boolean =>
  checkSocialCreditCode(code).ok && organisationCheckCharacter(code.slice(8, 16)) === code[16];

/** 统一社会信用代码: 18 places with two check characters. Source: GB 32100-2015. */
export const understandCreditCode: Understanding = (text, confidence) => {
  const letters = creditSpelt(text);
  const windows = Array.from({ length: Math.max(0, letters.length - 17) }, (_, at) => letters.slice(at, at + 18));
  const proven = windows.find(isCreditCode);
  if (proven) return { value: proven, sureness: 1, proven: true };
  const likely = windows.find((one) => /^[159NY][1-9A]\d{6}/.test(one));
  if (!likely) return undefined;
  const mended = confidence < plain ? repaired(likely, isCreditCode) : undefined;
  return mended === undefined ? { value: likely, sureness: 0.6 } : { value: mended, sureness: 0.85 };
};

/** 档案编号: 12 digits. */
export const understandFileNumber: Understanding = (text) => {
  const digits = digitSpelt(text).replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 14) return undefined;
  return { value: digits, sureness: digits.length === 12 ? 1 : 0.6 };
};
