import { barredBy } from '#connectors/enterprise-system/wire.ts';
import type { SystemRules } from '../model/system-rules.ts';

const words = {
  protocol: '推送地址应以 https:// 开头',
  port: '推送地址的端口只能是 443 或 1024 以上',
  place: '推送地址不能是本机、内网或保留的地址',
} as const;

/** Why messages may not go to an address, as far as the address itself says so; null where they may. What its name stands for is looked at when it is called. */
export const addressProblem = (address: string, { webhooks }: SystemRules): string | null => {
  if (webhooks === 'any') return null;
  const url = new URL(address);
  const barred = barredBy(url, webhooks);
  if (barred) return words[barred];
  // The one name that is known to stand for no public place.
  return /(^|\.)localhost$/.test(url.hostname) ? words.place : null;
};
