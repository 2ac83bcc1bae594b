import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';

/** Asks for the reason before a masked value is shown. */
export const RevealDialog = ({
  title,
  reveal,
  shown,
  close,
}: {
  title: string;
  reveal: (reason: string) => Promise<{ readonly value: string | null }>;
  shown: (value: string) => void;
  close: () => void;
}) => {
  const [reason, setReason] = useState('');
  const asking = useMutation({
    mutationFn: () => reveal(reason),
    onSuccess: ({ value }) => shown(value ?? '—'),
  });
  return (
    <ReasonDialog
      question={{
        title: `查看${title}`,
        consequence: '查看人、时间和原因记入日志；内容本身不记入',
        ask: 'reason',
        tone: 'primary',
        templates: ['核对本人身份', '电话联系本人', '处理本人申请'],
      }}
      reason={reason}
      setReason={setReason}
      busy={asking.isPending}
      failure={asking.error ? failureOf(asking.error) : null}
      notes={[]}
      confirm={() => asking.mutate()}
      close={close}
    />
  );
};
