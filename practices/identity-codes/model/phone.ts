import { normaliseCode, sound, type Verdict, wrong } from './verdict.ts';

const mobile = /^1[3-9]\d{9}$/;
/** Area codes of three digits (010, 02x) and of four; the number itself has seven or eight digits. */
const landline = /^(010|02\d|0[3-9]\d{2})-?(\d{7,8})(?:-(\d{1,6}))?$/;

const bare = (raw: string): string =>
  normaliseCode(raw)
    .replace(/[‐-―－]/g, '-')
    .replace(/^(\+|00)86-?/, '')
    .replace(/^\((\d{3,4})\)/, '$1-');

const landlineOf = (text: string): string | undefined => {
  const [, area, number, extension] = landline.exec(text) ?? [];
  if (area === undefined || number === undefined) return undefined;
  return `${area}-${number}${extension === undefined ? '' : `-${extension}`}`;
};

/** A mobile number; country code, blanks and hyphens are dropped. Source: domain 3.5. */
export const checkMobile = (raw: string): Verdict => {
  const value = bare(raw).replaceAll('-', '');
  return mobile.test(value) ? sound(value) : wrong('应为 11 位手机号码，以 13 至 19 开头，请核对');
};

/** A landline with area code, brought into the form `021-12345678-1234`. Source: domain 3.5. */
export const checkLandline = (raw: string): Verdict => {
  const value = landlineOf(bare(raw));
  return value ? sound(value) : wrong('应为带区号的固定电话，例如 021-12345678，分机号接在后面');
};

/** A mobile number, or a landline with area code. Source: domain 3.5. */
export const checkContactPhone = (raw: string): Verdict => {
  for (const verdict of [checkMobile(raw), checkLandline(raw)]) if (verdict.ok) return verdict;
  return wrong('应为 11 位手机号码，或带区号的固定电话，例如 021-12345678');
};
