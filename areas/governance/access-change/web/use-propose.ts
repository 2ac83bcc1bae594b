import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { InputOf } from '#kernel/contract/operation.ts';
import { newKey } from '#web-kit/new-key.ts';
import type { accessChangeContract } from '../model/access-change.contract.ts';
import { accessApi, accessKey } from './access-api.ts';

type Asked = Pick<InputOf<typeof accessChangeContract.propose>, 'change' | 'reason'>;

/** Sends an application once, however often the button is pressed; says what was asked and who must agree. */
export const usePropose = (onDone: () => void) => {
  const [key, setKey] = useState(newKey);
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (asked: Asked) => accessApi.propose({ ...asked, key }),
    onSuccess: ({ summary }) => {
      setKey(newKey());
      void message.success(`已提交：${summary}。须由另一名安全管理员批准后生效`);
      void client.invalidateQueries({ queryKey: accessKey });
      onDone();
    },
  });
};
