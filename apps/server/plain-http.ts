import type { Settings } from './settings.ts';

/** What is said at the start when a product in earnest is reached without encryption; null when there is nothing to say. Source: tender R55, T5.6. */
export const plainHttpWarning = ({ mode, publicUrl }: Pick<Settings, 'mode' | 'publicUrl'>): string | null =>
  mode === 'production' && !publicUrl.startsWith('https:')
    ? '警告：PUBLIC_URL 不是 https:，口令、会话和个人信息将不加密传输；正式运行请在前面配置 https 并改 PUBLIC_URL'
    : null;
