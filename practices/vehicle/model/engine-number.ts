import { normaliseCode, sound, type Verdict, wrong } from '#practices/identity-codes/model/verdict.ts';

const one = /^[A-Z0-9*\-/]{4,30}$/;

/** One or several engine or motor numbers, or 无 for trailers; 60 characters at most in all. Source: domain 3.5. */
export const checkEngineNumber = (raw: string): Verdict => {
  const value = normaliseCode(raw).replace(/[、，;；]/g, ',');
  if (value === '无') return sound(value);
  const parts = value.split(',').filter((part) => part !== '');
  const joined = parts.join(',');
  if (parts.length === 0 || joined.length > 60 || !parts.every((part) => one.test(part))) {
    return wrong('应为 4 至 30 位字母或数字，双电机用逗号分开，挂车填“无”');
  }
  return sound(joined);
};
