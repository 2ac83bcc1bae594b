import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { OwnAccount } from '../model/own-account.contract.ts';
import { ownAccountApi, ownAccountQuery } from './account-api.ts';
import { PasswordDialog } from './PasswordDialog.tsx';
import styles from './personal-settings.module.css';
import { leaveForSignOn } from './sign-on.ts';

/** Whether the government's sign-on leads to this account, and binding or unbinding it. */
export const SignOnBinding = ({ title, bound }: { title: string; bound: OwnAccount['signOn']['bound'] }) => {
  const [doing, setDoing] = useState<'bind' | 'unbind' | null>(null);
  const { message } = App.useApp();
  const client = useQueryClient();
  const [first] = bound;
  return (
    <div className={styles.line}>
      <p>
        {title}：
        {first ? (
          <>
            已关联（
            <TimeText at={first.boundAt} day /> 起）
          </>
        ) : (
          '未关联'
        )}
      </p>
      <Button onClick={() => setDoing(first ? 'unbind' : 'bind')}>{first ? '解除关联' : '关联'}</Button>
      {doing === 'bind' && (
        <PasswordDialog
          title="关联统一身份认证"
          lead="请先输入当前密码，然后到统一身份认证完成登录，以后即可用它登录本系统。"
          action={(password) => ownAccountApi.beginSignOn({ password })}
          onDone={({ address, ticket }) => leaveForSignOn(address, { ticket, purpose: 'bind' })}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === 'unbind' && (
        <PasswordDialog
          title="解除关联"
          lead="请输入当前密码。解除后，统一身份认证不能再登录这个账号。"
          danger
          action={(password) => ownAccountApi.unbindSignOn({ password })}
          onDone={() => {
            setDoing(null);
            void message.success('已解除关联');
            void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
          }}
          onClose={() => setDoing(null)}
        />
      )}
    </div>
  );
};
