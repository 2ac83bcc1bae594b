import type { ReactNode } from 'react';
import styles from './phone.module.css';
import { goBack } from './phone-path.ts';

/** One task a screen: what it is on top with the way back, what is to be done at the thumb. */
export const Screen = ({
  title,
  up,
  side,
  foot,
  children,
}: {
  readonly title: ReactNode;
  /** Where back leads; absent on the first screen. */
  readonly up?: string;
  readonly side?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}) => (
  <div className={styles.screen}>
    <header className={styles.head}>
      {up !== undefined && (
        <button type="button" className={styles.back} aria-label="返回" onClick={() => goBack(up)}>
          <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden>
            <path d="M15 4 7 12l8 8" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
          </svg>
        </button>
      )}
      <h1 className={styles.title}>{title}</h1>
      {side}
    </header>
    <main className={styles.body}>{children}</main>
    {foot && <footer className={styles.foot}>{foot}</footer>}
  </div>
);
