import type { ReactNode } from 'react';
import { formatMoment } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText } from '#web-kit/TimeText.tsx';
import { entryTone, validityTag } from '../entry-tone.ts';
import styles from './entry.module.css';
import { useOpenEntry } from './entry-context.tsx';

/** The enterprise itself, where its entry stands, and until when its paper is in force. */
export const EntryHeader = ({ children }: { children?: ReactNode }) => {
  const { registry, view } = useOpenEntry();
  const { flow } = registry;
  const { organisation, validity, standing } = view;
  const tag = standing ? validityTag(validity) : null;
  return (
    <header className={matter.head}>
      <div className={styles.who}>
        <h1 className={matter.name}>{organisation.name}</h1>
        <p className={styles.codeLine}>
          <code>{organisation.creditCode}</code>
          <span>{organisation.districtTitle}</span>
        </p>
      </div>
      <div className={styles.tags} role="status" aria-label="当前状态">
        <StateTag
          tone={entryTone(flow, { state: view.state, returned: view.returnReason !== null })}
          title={view.stateTitle}
          large
        />
        {view.mark && <StateTag tone="refused" title={view.mark} large />}
        {standing && view.state !== flow.rest && <span className={matter.quiet}>{flow.words.changing}</span>}
        {tag && <StateTag tone={tag.tone} title={tag.word} large />}
      </div>
      <dl className={matter.facts}>
        {view.number && (
          <div>
            <dt>证书</dt>
            <dd>{view.number}</dd>
          </div>
        )}
        {standing && (
          <div>
            <dt>{flow.words.since}</dt>
            <dd>{formatMoment(standing.registeredAt)}</dd>
          </div>
        )}
        {view.deadlineAt && (
          <div>
            <dt>期限</dt>
            <dd>
              <DeadlineText
                deadlineAt={view.deadlineAt}
                workingDaysLeft={view.workingDaysLeft}
                overdue={view.overdue}
              />
            </dd>
          </div>
        )}
        {view.round > 1 && (
          <div>
            <dt>轮次</dt>
            <dd>第 {view.round} 轮</dd>
          </div>
        )}
      </dl>
      {children && <div className={styles.headEnd}>{children}</div>}
    </header>
  );
};
