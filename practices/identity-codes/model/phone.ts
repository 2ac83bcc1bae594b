import { sound, toHalfWidth, type Verdict, wrong } from './verdict.ts';

const mobile = /^1[3-9]\d{9}$/;
const landline = /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/;

/** A mobile number, or a landline with area code. Source: domain 3.5. */
export const checkContactPhone = (raw: string): Verdict => {
  const value = toHalfWidth(raw).replace(/\s+/g, '');
  return mobile.test(value) || landline.test(value)
    ? sound(value)
    : wrong('应为 11 位手机号码，或带区号的固定电话，例如 021-12345678');
};
