import { Alert, Button, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import styles from './reason-dialog.module.css';

/** What the dialog asks and says. `least` is the fewest characters a reason needs; 0 makes it an opinion that may stay empty. */
export interface ReasonQuestion {
  readonly title: string;
  /** What follows, in one sentence. */
  readonly consequence: string | null;
  readonly ask: 'nothing' | 'opinion' | 'reason';
  readonly tone: 'primary' | 'return' | 'danger' | 'plain';
  readonly templates: readonly string[];
}

interface Props {
  readonly question: ReasonQuestion;
  /** What was typed so far; kept by the caller so that a refusal loses nothing. */
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** What changed since the person looked, when the step came too late. */
  readonly notes: readonly string[];
  readonly confirm: () => void;
  readonly close: () => void;
  /** What is to be filled in instead of a reason; `whole` is asked when the person confirms. */
  readonly form?: { readonly body: ReactNode; readonly whole: () => boolean };
}

const least = { nothing: 0, opinion: 0, reason: 4 } as const;

const Templates = ({ templates, add }: { templates: readonly string[]; add: (text: string) => void }) => (
  <div className={styles.templates}>
    {templates.map((text) => (
      <button type="button" key={text} className={styles.template} onClick={() => add(text)}>
        {text}
      </button>
    ))}
  </div>
);

const FailureNote = ({ failure, notes }: { failure: Failure; notes: readonly string[] }) => (
  <div className={styles.failure}>
    <Alert
      type="error"
      showIcon
      title={failure.message}
      description={
        <ul>
          {failure.problems
            .filter(({ message }) => message !== failure.message)
            .map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      }
    />
  </div>
);

const joined = (before: string, text: string): string =>
  before.trim() === '' ? text : `${before.replace(/[；;\s]+$/, '')}；${text}`;

/** Asks for a reason or an opinion before a step, from templates and in free words, and says what follows. Ctrl+Enter confirms. */
export const ReasonDialog = ({ question, reason, setReason, busy, failure, notes, confirm, close, form }: Props) => {
  const [tried, setTried] = useState(false);
  const label = useId();
  const short = reason.trim().length < least[question.ask];
  const go = (): void => {
    setTried(true);
    if (form?.whole() === false) return;
    if (!short && !busy) confirm();
  };
  return (
    <Modal
      open
      title={question.title}
      {...(form ? { width: 720 } : {})}
      onCancel={close}
      mask={{ closable: false }}
      footer={[
        <Button key="no" onClick={close} disabled={busy}>
          再想想
        </Button>,
        <Button
          key="yes"
          type="primary"
          danger={question.tone === 'danger'}
          {...(question.tone === 'return' ? { className: styles.returning ?? '' } : {})}
          loading={busy}
          onClick={go}
          autoFocus={question.ask === 'nothing' && !form}
        >
          {question.title}
        </Button>,
      ]}
    >
      {failure && <FailureNote failure={failure} notes={notes} />}
      {question.consequence && <p className={styles.consequence}>{question.consequence}</p>}
      {form?.body}
      {question.ask !== 'nothing' && (
        <>
          <label htmlFor={label} className={styles.label}>
            {question.ask === 'reason' ? '原因' : '意见（可不填）'}
          </label>
          <Templates templates={question.templates} add={(text) => setReason(joined(reason, text))} />
          <Input.TextArea
            id={label}
            value={reason}
            autoFocus
            rows={4}
            maxLength={500}
            showCount
            status={tried && short ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.ctrlKey) go();
            }}
          />
          <p className={styles.fault} role="alert">
            {tried && short ? `请写明原因，至少 ${least[question.ask]} 个字` : ''}
          </p>
        </>
      )}
    </Modal>
  );
};
