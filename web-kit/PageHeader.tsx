import type { ReactNode } from 'react';
import styles from './page.module.css';
import { usePageTitle } from './page-title.ts';

/** The head of a page: its title, what is said of it in a few words, and what can be done with the whole page. */
export const PageHeader = ({ title, note, actions }: { title: string; note?: ReactNode; actions?: ReactNode }) => {
  usePageTitle(title);
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{title}</h1>
      {note && <div className={styles.note}>{note}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
};
