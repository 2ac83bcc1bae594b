import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserShelf } from '#areas/elv/vehicle-case/mobile/yard-shelf.idb.ts';
import { applyPalette } from '#web-kit/palette.ts';
import '#web-kit/phone/phone.css';
import { Mishap } from './Mishap.tsx';
import { phoneSession } from './phone-session.ts';
import { YardApp } from './YardApp.tsx';

const say = (words: string): void => {
  const root = document.getElementById('root');
  if (root) root.textContent = words;
};

const start = async (): Promise<void> => {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no root');
  applyPalette(document.documentElement);
  const session = phoneSession(await browserShelf());
  createRoot(root).render(
    <StrictMode>
      <Mishap>
        <YardApp session={session} />
      </Mishap>
    </StrictMode>,
  );
  void session.start();
};

start().catch(() =>
  say('本机浏览器不能保存照片（可能是无痕模式或空间不足），请换用系统浏览器打开，或清理空间后再试。'),
);

if ('serviceWorker' in navigator) {
  // Without it everything works but starting without network; browsers refuse it on plain HTTP.
  navigator.serviceWorker.register('/yard/sw.js', { scope: '/yard/' }).catch(() => undefined);
}
