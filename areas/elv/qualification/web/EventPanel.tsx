import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';

/** While a question has not been answered, it is looked again this often, in milliseconds. */
export const lookEveryMs = 5_000;

const Again = ({ queryKey, ask }: { queryKey: QueryKey; ask: () => Promise<unknown> }) => {
  const client = useQueryClient();
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: ask,
    onError: (error) => message.error(failureOf(error).message),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      重新查询
    </Button>
  );
};

/** A frame for what another system tells of an enterprise; `askAgain` is null where it may not be asked anew now. Source: tender R13. */
export const EventPanel = ({
  title,
  queryKey,
  askAgain,
  error,
  children,
}: {
  title: string;
  queryKey: QueryKey;
  askAgain: (() => Promise<unknown>) | null;
  error: Error | null;
  children: ReactNode;
}) => (
  <section className={matter.panel} aria-label={title}>
    <div className={matter.panelHead}>
      <h2>{title}</h2>
      {askAgain && <Again queryKey={queryKey} ask={askAgain} />}
    </div>
    {error && <p className={matter.small}>{failureOf(error).message}</p>}
    {children}
  </section>
);
