import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Action } from '#kernel/lifecycle/lifecycle.ts';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { StateTag, type StateTone } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { ProposalRow } from '../model/proposal.contract.ts';
import type { Decision, Proposal } from '../model/proposal.lifecycle.ts';
import styles from './proposals.module.css';

type Actions = Readonly<Record<Decision, Pick<Action<string, string, string, Proposal>, 'title' | 'consequence'>>>;

/** A decision as it is sent. */
export interface SentDecision {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly input: Record<string, unknown>;
}

/** In what the pages of different matters differ. */
export interface ProposalWords {
  readonly title: string;
  readonly note: string;
  /** Who else must decide, where one's own proposal waits. */
  readonly waits: string;
  readonly empty: string;
  readonly emptyOpen: string;
  readonly emptyHint: string;
  readonly templates: Readonly<Record<Decision, readonly string[]>>;
}

const tones: Readonly<Record<string, StateTone>> = {
  proposed: 'ours',
  approved: 'done',
  refused: 'refused',
  withdrawn: 'idle',
};
const asks: Readonly<Record<Decision, 'opinion' | 'reason' | 'nothing'>> = {
  approve: 'opinion',
  refuse: 'reason',
  withdraw: 'nothing',
};

interface DialogProps<R> {
  readonly row: ProposalRow;
  readonly action: Decision;
  readonly about: string | null;
  readonly actions: Actions;
  readonly templates: readonly string[];
  readonly send: (action: Decision, said: SentDecision) => Promise<R>;
  readonly settled: () => unknown;
  readonly done: (answer: R) => void;
  readonly close: () => void;
}

const DecisionDialog = <R,>({ row, action, about, actions, templates, send, settled, done, close }: DialogProps<R>) => {
  const [text, setText] = useState('');
  const [key] = useState(newKey);
  const { message } = App.useApp();
  const { title, consequence } = actions[action];
  const decide = useMutation({
    mutationFn: () =>
      send(action, {
        id: row.id,
        version: row.version,
        key,
        input: asks[action] === 'reason' ? { reason: text } : asks[action] === 'opinion' ? { opinion: text } : {},
      }),
    onSuccess: (answer) => {
      void message.success(`已${title}：${row.summary}`);
      close();
      done(answer);
    },
    onSettled: settled,
  });
  return (
    <ReasonDialog
      question={{
        title,
        consequence: `${row.summary}。${about === null ? '' : `${about}。`}${consequence === undefined ? '' : `${consequence}。`}`,
        ask: asks[action],
        tone: action === 'approve' ? 'primary' : action === 'refuse' ? 'danger' : 'plain',
        templates,
      }}
      reason={text}
      setReason={setText}
      busy={decide.isPending}
      failure={decide.error ? failureOf(decide.error) : null}
      notes={[]}
      confirm={() => decide.mutate()}
      close={close}
    />
  );
};

const Line = ({
  row,
  about,
  actions,
  waits,
  onDecide,
}: {
  row: ProposalRow;
  about: ReactNode;
  actions: Actions;
  waits: string;
  onDecide: (action: Decision) => void;
}) => (
  <tr>
    <td>
      <StateTag tone={tones[row.state] ?? 'idle'} title={row.stateTitle} />
    </td>
    <td>{row.kindTitle}</td>
    <td className={styles.wide}>
      {row.summary}
      {about}
      <span className={styles.reason}>理由：{row.reason}</span>
    </td>
    <td>
      {row.proposedBy} <TimeText at={row.proposedAt} />
    </td>
    <td>
      {row.decidedBy === null ? (
        row.waitsForAnother && <span className={styles.second}>{waits}</span>
      ) : (
        <>
          {row.decidedBy} <TimeText at={row.decidedAt} />
          {row.opinion && <span className={styles.reason}>意见：{row.opinion}</span>}
        </>
      )}
    </td>
    <td className={styles.lineActions}>
      {row.actions.map((action) => (
        <Button
          key={action}
          size="small"
          type={action === 'approve' ? 'primary' : 'default'}
          onClick={() => onDecide(action)}
        >
          {actions[action].title}
        </Button>
      ))}
    </td>
  </tr>
);

const Lines = <Row extends ProposalRow>({
  data,
  all,
  about,
  actions,
  words,
  onDecide,
}: {
  data: { readonly rows: readonly Row[] } | undefined;
  all: boolean;
  about: (row: Row) => ReactNode;
  actions: Actions;
  words: ProposalWords;
  onDecide: (row: Row, action: Decision) => void;
}) => (
  <div className={styles.tableBox} aria-busy={data === undefined}>
    <table className={styles.table}>
      <thead>
        <tr>
          <th>状态</th>
          <th>类别</th>
          <th>内容</th>
          <th>申请</th>
          <th>审批</th>
          <th>办理</th>
        </tr>
      </thead>
      <tbody>
        {data?.rows.map((row) => (
          <Line
            key={row.id}
            row={row}
            about={about(row)}
            actions={actions}
            waits={words.waits}
            onDecide={(action) => onDecide(row, action)}
          />
        ))}
      </tbody>
    </table>
    {data?.rows.length === 0 && <EmptyState title={all ? words.empty : words.emptyOpen}>{words.emptyHint}</EmptyState>}
  </div>
);

/** Proposals of one matter, those that wait for a second person first, and the decisions on them. Source: domain 10.4. */
export const ProposalsPage = <R, Row extends ProposalRow>({
  words,
  views,
  all,
  page,
  size,
  found: { data, error, refetch },
  about,
  actions,
  send,
  settled,
  done,
  onPage,
  children,
}: {
  words: ProposalWords;
  /** The ways to those that wait and to all of them. */
  views: ReactNode;
  all: boolean;
  page: number;
  size: number;
  found: {
    readonly data: { readonly rows: readonly Row[]; readonly total: number } | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  /** What is shown beside a proposal, and read again by whoever decides. */
  about: { readonly shown: (row: Row) => ReactNode; readonly read: (row: Row) => string | null };
  actions: Actions;
  send: (action: Decision, said: SentDecision) => Promise<R>;
  settled: () => unknown;
  /** What is shown of an answer, when there is more to it than that it was taken. */
  done?: (answer: R, row: Row) => void;
  onPage: (page: number, size: number) => void;
  children?: ReactNode;
}) => {
  const [deciding, setDeciding] = useState<{ row: Row; action: Decision } | null>(null);
  return (
    <div className={styles.page}>
      <PageHeader title={words.title} note={words.note} />
      <div className={styles.views}>{views}</div>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <Lines
            data={data}
            all={all}
            about={about.shown}
            actions={actions}
            words={words}
            onDecide={(row, action) => setDeciding({ row, action })}
          />
          <Pager total={data?.total} page={page} size={size} unit="件" onChange={onPage} />
        </>
      )}
      {deciding && (
        <DecisionDialog
          {...deciding}
          about={about.read(deciding.row)}
          actions={actions}
          templates={words.templates[deciding.action]}
          send={send}
          settled={settled}
          done={(answer) => done?.(answer, deciding.row)}
          close={() => setDeciding(null)}
        />
      )}
      {children}
    </div>
  );
};
