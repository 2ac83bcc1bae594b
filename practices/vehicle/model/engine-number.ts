import { normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

const one = /^[A-Z0-9*\-/]{4,30}$/;

/** One or several engine or motor numbers, or 无 for trailers. Source: domain 3.5. */
export const checkEngineNumber = (raw: string): Verdict => {
  const value = normaliseCode(raw).replace(/[、，;；]/g, ',');
  if (value === '无') return sound(value);
  const parts = value.split(',').filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 4 || !parts.every((part) => one.test(part))) {
    return wrong('应为 4 至 30 位字母或数字，双电机用逗号分开，挂车填“无”');
  }
  return sound(parts.join(','));
};
