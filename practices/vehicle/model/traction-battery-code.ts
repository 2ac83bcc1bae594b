import { isOneCharacter, normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

/** Letters of a battery code; I and O are left out so as not to be read as 1 and 0. */
const shape = /^[A-HJ-NP-Z0-9]{24}$/;

/** The fourth place says what the code is of; a vehicle is registered with its packs. */
const smallerThanPack: Readonly<Record<string, string>> = { M: '模组', C: '单体' };

/**
 * A traction battery code: 24 characters (maker 3, product 1, cell chemistry 1, specification 2, tracing 7, production date 3, serial
 * number 7). Only what can be no code is refused; batteries from before the standard carry others, so a wrong length warns.
 * Source: GB/T 34014-2017; domain 2.7.
 */
export const checkTractionBatteryCode = (raw: string): Verdict => {
  const value = normaliseCode(raw).replace(/[-·]/g, '');
  if (!/^[A-Z0-9]{6,40}$/.test(value)) return wrong('应为 24 位字母或数字的电池编码，请对照电池铭牌核对');
  if (isOneCharacter(value)) return wrong('全部是同一个字符，请对照电池铭牌核对');
  if (value.length !== 24) return sound(value, `应为 24 位，现在是 ${value.length} 位，请对照电池铭牌再核对一次`);
  if (!shape.test(value)) return sound(value, '含有字母 I 或 O，请核对是否为数字 1 或 0');
  const part = smallerThanPack[value[3] ?? ''];
  return part === undefined ? sound(value) : sound(value, `看起来是电池${part}的编码，请登记电池包的编码`);
};
