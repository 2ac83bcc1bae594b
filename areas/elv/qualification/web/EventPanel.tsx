import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import { type Asked, mostEvents } from '../model/event.contract.ts';
import styles from './events.module.css';

/** An event as a line: when and how it stands, what it is, what is small print. Red is what asks for a second look. */
export interface EventLine {
  readonly key: string;
  readonly head: readonly [when: string, standing: string];
  readonly red?: boolean;
  readonly text: string;
  readonly small: readonly (string | null)[];
}

/** How a source of events is told on its page. Source: tender R13. */
export interface EventTelling<Row extends { withdrawn: boolean }, View extends Asked & { rows: Row[] }> {
  readonly title: string;
  /** Names its answers in the page's memory. */
  readonly name: string;
  readonly list: (input: { id: string }) => Promise<View>;
  readonly ask: (input: { id: string }) => Promise<unknown>;
  /** What an answer comes to, in a sentence. */
  readonly sentence: (view: View) => string;
  /** The word the enterprise is marked with; left out where it never is. */
  readonly mark?: string;
  /** As of when it is, in small print. */
  readonly asOf: (moment: string) => string;
  readonly line: (row: Row) => EventLine;
  /** What stands beside an event the other system tells no more. */
  readonly gone: string;
}

/** While a question has not been answered, it is looked again this often, in milliseconds. */
const lookEveryMs = 5_000;

/** What was not answered is never "none". */
const unanswered = ({ status, text, rows }: Asked & { rows: readonly unknown[] }): string | null => {
  if (status === 'never') return '尚未查询';
  if (status === 'waiting') return rows.length > 0 ? '正在查询，下列为上次的结果' : '正在查询';
  if (status === 'refused') return text;
  return status === 'needs-person' ? '多次查询没有得到能读取的应答，需人工查询' : null;
};

const Again = ({ ask, after }: { ask: () => Promise<unknown>; after: () => Promise<void> }) => {
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: ask,
    onError: (error) => message.error(failureOf(error).message),
    onSettled: after,
  });
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      重新查询
    </Button>
  );
};

const Event = ({ line: { head, red, text, small }, gone }: { line: EventLine; gone: string | null }) => (
  <li>
    <div className={styles.head}>
      <span>{head[0]}</span>
      <span className={red && !gone ? styles.marked : undefined}>{head[1]}</span>
    </div>
    <p className={gone ? styles.gone : undefined}>{text}</p>
    <p className={matter.small}>{[...small, gone].filter(Boolean).join('；')}</p>
  </li>
);

/** What another system tells of an enterprise, beside the decision. Source: tender R13. */
export const EventPanel = <Row extends { withdrawn: boolean }, View extends Asked & { rows: Row[] }>({
  id,
  telling,
}: {
  id: string;
  telling: EventTelling<Row, View>;
}) => {
  const client = useQueryClient();
  const query = queryOptions({
    queryKey: ['elv', 'qualification', telling.name, id],
    queryFn: () => telling.list({ id }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'waiting' ? lookEveryMs : false),
  });
  const { data, error } = useQuery(query);
  const mark = data?.marked ? telling.mark : undefined;
  return (
    <section className={matter.panel} aria-label={telling.title}>
      <div className={matter.panelHead}>
        <h2>{telling.title}</h2>
        {data?.askable && (
          <Again ask={() => telling.ask({ id })} after={() => client.invalidateQueries({ queryKey: query.queryKey })} />
        )}
      </div>
      {error && <p className={matter.small}>{failureOf(error).message}</p>}
      {data && (
        <>
          <p className={mark ? styles.marked : undefined}>
            {unanswered(data) ?? telling.sentence(data)}
            {mark && `（${mark}）`}
          </p>
          {data.asOf && <p className={matter.small}>{telling.asOf(data.asOf)}</p>}
          {data.rows.length >= mostEvents && <p className={matter.small}>只列最近 {mostEvents} 条</p>}
          {data.rows.length > 0 && (
            <ul className={styles.list}>
              {data.rows.map((row) => {
                const line = telling.line(row);
                return <Event key={line.key} line={line} gone={row.withdrawn ? telling.gone : null} />;
              })}
            </ul>
          )}
        </>
      )}
    </section>
  );
};
