import { normalisePersonName } from '#practices/identity-codes/model/person-name.ts';
import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import type { CodeList } from '#practices/vehicle/model/codes.ts';
import { brands } from './brands.ts';
import type { Understanding } from './paper-form.ts';

const isRealDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const dayPattern = /([12]\d{3})[-./年一—~_]{0,2}(\d{1,2})[-./月一—~_]{0,2}(\d{1,2})日?/;

/** A day, written `2012-05-01` or `2012年5月1日`; the first in the text. */
export const understandDay: Understanding = (text) => {
  const digits = toHalfWidth(text).replace(/\s/g, '').replace(/[Oo]/g, '0').replace(/[Il|]/g, '1');
  const [, year = '', month = '', day = ''] = dayPattern.exec(digits) ?? [];
  if (!isRealDay(Number(year), Number(month), Number(day))) return undefined;
  return { value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, sureness: 1 };
};

/** The day after a word, where a line says several things (`强制报废期止:2027-05-01`). */
export const understandDayAfter =
  (word: RegExp): Understanding =>
  (text, confidence) => {
    const at = word.exec(text);
    return at ? understandDay(text.slice(at.index + at[0].length), confidence) : undefined;
  };

/** The first whole number, at most `places` digits: masses in kilograms, persons. */
export const understandNumber =
  (places: number): Understanding =>
  (text) => {
    const digits = toHalfWidth(text)
      .replace(/\s/g, '')
      .replace(/(?<=\d)[Oo]|^[Oo](?=\d)/g, '0')
      .replace(/(?<=\d)[iIl|]|^[iIl|](?=\d)/g, '1');
    const found = new RegExp(`\\d{1,${places}}`).exec(digits)?.[0];
    return found === undefined ? undefined : { value: String(Number(found)), sureness: 1 };
  };

/** Changed, missing and extra letters between two words. */
export const editDistance = (one: string, other: string): number => {
  const letters = [...other];
  let row = Array.from({ length: letters.length + 1 }, (_, at) => at);
  for (const [order, letter] of [...one].entries()) {
    const next = [order + 1];
    for (const [at, there] of letters.entries()) {
      const changed = (row[at] ?? 0) + (letter === there ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The code whose title a text is, or is but for a letter or two; `aliases` are further titles to codes. */
export const understandChoice = (list: CodeList, aliases: Readonly<Record<string, string>> = {}): Understanding => {
  const titles = [
    ...Object.entries(list).map(([code, title]) => ({ code, title })),
    ...Object.entries(aliases).map(([title, code]) => ({ code, title })),
  ];
  return (text) => {
    const word = text.replace(/[\s:：.。,，]/g, '');
    if (word === '') return undefined;
    const exact = titles.find(({ title }) => title === word);
    if (exact) return { value: exact.code, sureness: 1 };
    const inside = titles
      .filter(({ title }) => word.includes(title))
      .sort((one, other) => other.title.length - one.title.length)[0];
    const near = titles
      .map(({ code, title }) => ({ code, title, distance: editDistance(word, title) }))
      .sort((one, other) => one.distance - other.distance);
    const [best, second] = near;
    const isNear =
      best &&
      best.distance <= Math.floor(best.title.length / 3) &&
      (second === undefined || second.distance > best.distance);
    if (isNear) return { value: best.code, sureness: 0.85 };
    return inside ? { value: inside.code, sureness: inside.title.length >= 2 ? 0.9 : 0.7 } : undefined;
  };
};

/**
 * The code whose title is mentioned in a line that says several things; titles of one letter (电) count only when nothing else is left
 * beside what the line is known to say.
 */
export const understandMention = (
  list: CodeList,
  aliases: Readonly<Record<string, string>>,
  known: RegExp,
): Understanding => {
  const titles = [
    ...Object.entries(list).map(([code, title]) => ({ code, title })),
    ...Object.entries(aliases).map(([title, code]) => ({ code, title })),
  ].sort((one, other) => other.title.length - one.title.length);
  return (text) => {
    const rest = text.replace(known, '').replace(/[\s:：.。,，;；]/g, '');
    const found = titles.find(({ title }) => (title.length >= 2 ? rest.includes(title) : rest === title));
    return found && { value: found.code, sureness: 1 };
  };
};

/** Brackets and dots in Chinese text are full width on papers; a reader cannot tell. */
const chinesePunctuation = (text: string): string =>
  text
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
    .replace(/(?<=\p{Script=Han}),/gu, '，');

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');

/** Blanks and the specks a reader makes points of, at either end. */
const edge = '[\\s:：.。,，、;；\'"`·|丨*_-]+';
const trimmed = (text: string): string => text.replace(new RegExp(`^${edge}|${edge}$`, 'g'), '');

/** The name of a person or an organisation. */
export const understandName: Understanding = (text) => {
  const name = chinesePunctuation(normalisePersonName(trimmed(text)));
  return [...name].length >= 2 && /\p{L}/u.test(name) ? { value: name, sureness: 1 } : undefined;
};

/** Before these words a dash is likelier the numeral 一, unless another numeral stands before it; likelier, not sure. */
const dashForOne = /(?<=(?![一二三四五六七八九十百])\p{Script=Han})[－—–-](?=[村期区路弄号支])/gu;
/** How sure a mend is that no rule decides: the clerk is asked to look. */
const guessed = 0.5;

/** What addresses begin with. Source: GB/T 2260. */
const provinces =
  /(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区/;
/** Of 上海市 the first letter is gone; only its own districts follow upon it. */
const headless = new RegExp(`^海市(?=${Object.values(shanghaiDistricts).join('|')})`);

/** An address whose head the edge of its box has cut off or doubled, mended by the names that addresses begin with; undefined where nothing is amiss. */
const headMended = (address: string): string | undefined => {
  if (headless.test(address)) return `上${address}`;
  return provinces.exec(address)?.index === 1 ? address.slice(1) : undefined;
};

/** An address. */
export const understandAddress: Understanding = (text) => {
  const read = chinesePunctuation(withoutBlanks(trimmed(text)));
  const address = read.replace(dashForOne, '一');
  if ([...address].length < 4) return undefined;
  const mended = headMended(address);
  const isGuess = mended !== undefined || address !== read;
  return { value: mended ?? address, sureness: isGuess ? guessed : 1 };
};

/** Words so faintly read are taken for the known word they nearly are. */
const faint = 0.9;

/** The one known brand a faintly read word is but for a letter. */
const nearBrand = (word: string): string | undefined => {
  if ([...word].length < 2) return undefined;
  const near = brands.filter((brand) => editDistance(word, brand) === 1 && [...brand].length >= 2);
  return near.length === 1 ? near[0] : undefined;
};

/** A known brand in Chinese, with at most one letter that is not 牌 behind it, and the model in Latin letters and digits. */
const brandWithoutEnd = (
  word: string,
): { readonly brand: string; readonly end: string; readonly model: string } | undefined => {
  const [, chinese = '', model = ''] = /^([^A-Z0-9]{2,})([A-Z0-9].*)$/u.exec(word) ?? [];
  const letters = [...chinese];
  if (brands.includes(chinese)) return { brand: chinese, end: '', model };
  const brand = letters.slice(0, -1).join('');
  return brands.includes(brand) ? { brand, end: letters.at(-1) ?? '', model } : undefined;
};

/**
 * 品牌型号: the brand in Chinese, 牌, the model in Latin letters and digits; # is a letter seen but not read. Papers write 牌 behind every
 * brand, so a letter between a known brand and its model is that one.
 */
export const understandBrandModel: Understanding = (text, confidence) => {
  const word = withoutBlanks(toHalfWidth(trimmed(text))).toUpperCase();
  if ([...word].length < 2) return undefined;
  const at = word.lastIndexOf('牌');
  const open = at < 0 ? brandWithoutEnd(word) : undefined;
  const isUnread = open?.end === '#' || (open && open.end !== '' && confidence < faint);
  if (open && isUnread && !open.model.includes('#')) return { value: `${open.brand}牌${open.model}`, sureness: 0.9 };
  if (word.includes('#')) return { value: word, sureness: 0.3 };
  if (at < 0) return { value: word, sureness: open ? 0.6 : 0.8 };
  const [brand, model] = [word.slice(0, at), word.slice(at + 1)];
  if (brands.includes(brand)) return { value: word, sureness: 1 };
  const mended = confidence < faint ? nearBrand(brand) : undefined;
  if (mended !== undefined) return { value: `${mended}牌${model}`, sureness: 0.85 };
  // A word that is no known brand is far likelier a known one misread than a brand nobody listed, unless it stands there plainly.
  return { value: word, sureness: confidence > faint ? 0.9 : 0.3 };
};
