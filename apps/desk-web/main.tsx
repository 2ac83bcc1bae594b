import { z } from 'zod';
import { fillInForOldBrowsers } from './old-browsers.ts';

fillInForOldBrowsers();
// Before any schema is made: messages in Chinese, and no compiling of code at run time, which the content policy forbids.
z.config({ ...z.locales.zhCN(), jitless: true });

const sayNotLoaded = (): void => {
  const root = document.getElementById('root');
  if (root) root.textContent = '页面没有完整载入，可能是网络中断或系统刚刚更新；请刷新页面。';
};

import('./desk.tsx').then(({ startDesk }) => startDesk(), sayNotLoaded);
