import { sound, toHalfWidth, type Verdict, wrong } from './verdict.ts';

/** A full stop is a dot of the name only among Chinese characters: `J. Smith` keeps it. */
const dots = /[·•‧・∙⋅●]|(?<=\p{Script=Han} ?)\.|\.(?= ?\p{Script=Han})/gu;

/**
 * A name in its one form: blanks between Chinese characters are dropped (those between Latin words stay, singly), and every kind
 * of dot becomes `·`, as names such as 阿卜杜拉·买买提 are written with many.
 */
export const normalisePersonName = (raw: string): string =>
  toHalfWidth(raw)
    .replace(/[\s\u200b-\u200f\u2060]+/g, ' ')
    .trim()
    .replace(dots, '·')
    .replace(/(?<=[\p{Script=Han}·]) | (?=[\p{Script=Han}·])/gu, '');

/** A person's name: Chinese characters (rare ones too) or Latin letters, with dots, blanks, hyphens and apostrophes between. */
export const checkPersonName = (raw: string): Verdict => {
  const value = normalisePersonName(raw);
  if ([...value].length < 2) return wrong('至少 2 个字，请填写证件上的完整姓名');
  if ([...value].length > 40) return wrong('最多 40 个字，请只填写证件上的姓名');
  if (!/^[\p{Script=Han}\p{Script=Latin}〇·.' -]+$/u.test(value) || /^[·.' -]|[·' -]$/.test(value))
    return wrong('姓名里有不会出现的字符，请只填写证件上的姓名');
  return sound(value);
};
