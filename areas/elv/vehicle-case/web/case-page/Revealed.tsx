import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import type { SectionId } from '../../model/vehicle-case.views.ts';
import { caseApi } from '../case-api.ts';
import { useOpenCase } from './case-context.tsx';

const reasons = ['核查举报线索', '联系当事人核实', '执法检查需要'];

/** A masked value with a way to see it plain: asks for the reason, which is put down with who looked. Gone when the page is left. */
export const Revealed = ({
  section,
  field,
  title,
  masked,
}: {
  section: SectionId;
  field: string;
  title: string;
  masked: string;
}) => {
  const { view } = useOpenCase();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    mutationFn: () => caseApi.reveal({ id: view.id, section, field, reason }),
    onSuccess: () => setAsking(false),
  });
  if (reveal.data) return <strong>{reveal.data.value}</strong>;
  return (
    <>
      {masked}
      <Button type="link" size="small" onClick={() => setAsking(true)} aria-label={`查看${title}的明文`}>
        看明文
      </Button>
      {asking && (
        <ReasonDialog
          question={{
            title: `查看${title}`,
            consequence: '查看的人、时间和原因会记入日志，供安全审计员查阅。',
            ask: 'reason',
            tone: 'primary',
            templates: reasons,
          }}
          reason={reason}
          setReason={setReason}
          busy={reveal.isPending}
          failure={reveal.error ? failureOf(reveal.error) : null}
          notes={[]}
          confirm={() => reveal.mutate()}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
};
