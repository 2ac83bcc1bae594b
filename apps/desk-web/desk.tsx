import { StyleProvider } from '@ant-design/cssinjs';
import LoadingOutlined from '@ant-design/icons/LoadingOutlined';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '#web-kit/api.ts';
import '#web-kit/base.css';
import { applyPalette } from '#web-kit/palette.ts';
import 'dayjs/locale/zh-cn';
import { newRouter } from './router.tsx';
import { theme } from './theme.ts';

const rootOf = (page: Document): HTMLElement => {
  const root = page.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  return root;
};

/** Starts the desk in this page: one query client, one router, antd in our colours and language. */
export const startDesk = (): void => {
  applyPalette(document.documentElement);
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  const queryClient = newQueryClient();
  const router = newRouter(queryClient);
  createRoot(rootOf(document)).render(
    <StrictMode>
      <StyleProvider hashPriority="high">
        <ConfigProvider
          locale={zhCN}
          theme={theme}
          {...(nonce ? { csp: { nonce } } : {})}
          // antd's own mark shrinks away after a call, and where nothing moves it stays for ever and in the button's name.
          button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined spin aria-hidden /> }}
        >
          <App component={false}>
            <QueryClientProvider client={queryClient}>
              <RouterProvider router={router} />
            </QueryClientProvider>
          </App>
        </ConfigProvider>
      </StyleProvider>
    </StrictMode>,
  );
};
