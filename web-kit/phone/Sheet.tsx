import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './phone.module.css';

/** A question from below that must be answered; the phone's back gesture or a touch beside it is no answer. */
export const Sheet = ({
  title,
  children,
  foot,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly foot: ReactNode;
}) => {
  const named = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className={styles.veil}>
      <div
        ref={box}
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={named}
        tabIndex={-1}
        className={styles.sheet}
      >
        <h2 id={named} className={styles.sheetTitle}>
          {title}
        </h2>
        <div className={styles.sheetBody}>{children}</div>
        <div className={styles.sheetFoot}>{foot}</div>
      </div>
    </div>
  );
};
