import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { personFields, type SealedField } from '../model/person.fields.ts';
import type { PersonView } from '../model/person.view.ts';
import { personApi } from './person-api.ts';

/** Asks for the reason before a masked value is shown. */
export const RevealDialog = ({
  person,
  field,
  shown,
  close,
}: {
  person: PersonView;
  field: SealedField;
  shown: (value: string) => void;
  close: () => void;
}) => {
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    mutationFn: () => personApi.reveal({ personId: person.id, field, reason }),
    onSuccess: ({ value }) => shown(value ?? '—'),
  });
  return (
    <ReasonDialog
      question={{
        title: `查看${personFields[field].title}`,
        consequence: '查看人、时间和原因记入日志；内容本身不记入',
        ask: 'reason',
        tone: 'primary',
        templates: ['核对本人身份', '电话联系本人', '处理本人申请'],
      }}
      reason={reason}
      setReason={setReason}
      busy={reveal.isPending}
      failure={reveal.error ? failureOf(reveal.error) : null}
      notes={[]}
      confirm={() => reveal.mutate()}
      close={close}
    />
  );
};
