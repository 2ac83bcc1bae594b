import { isWebhookPort } from '#connectors/enterprise-system/wire.ts';
import { liesIn, notPublic } from '#kernel/contract/address-range.ts';
import type { SystemRules } from '../model/system-rules.ts';

/** Why messages may not go to an address, as far as the address itself says so; null where they may. What its name stands for is looked at when it is called. */
export const addressProblem = (address: string, { webhooks }: SystemRules): string | null => {
  if (webhooks === 'any') return null;
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== 'https:') return '推送地址应以 https:// 开头';
  if (!isWebhookPort(port)) return '推送地址的端口只能是 443 或 1024 以上';
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || liesIn(host, notPublic)
    ? '推送地址不能是本机、内网或保留的地址'
    : null;
};
