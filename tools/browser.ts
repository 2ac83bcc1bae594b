import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPath } from '#testkit/chromium.ts';

const chineseFont = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

const packagesMissing = (): readonly string[] => [
  ...(existsSync(chromiumPath) ? [] : ['chromium']),
  // Without a Chinese font every page is a page of boxes, and no picture of it can be judged.
  ...(existsSync(chineseFont) || process.platform !== 'linux' ? [] : ['fonts-noto-cjk']),
];

const apt = (...args: readonly string[]): boolean => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
};

/**
 * Gets the browser and the Chinese font of the browser stories from Debian where they are missing; only root may.
 * Errors: throws with what the user has to install.
 */
export const ensureBrowser = (): void => {
  const missing = packagesMissing();
  if (missing.length === 0) return;
  const advice = `请以 root 运行 apt-get install -y ${missing.join(' ')}，或用 CHROMIUM_PATH 指定浏览器`;
  if (process.getuid?.() !== 0) throw new Error(`浏览器测试缺少 ${missing.join('、')}。${advice}`);
  console.log(`浏览器测试缺少 ${missing.join('、')}，正在用 apt-get 安装……`);
  const installed = apt('update') && apt('install', '-y', '--no-install-recommends', ...missing);
  if (!installed || packagesMissing().length > 0) throw new Error(`没有装上 ${missing.join('、')}。${advice}`);
};
