import type { ReactNode } from 'react';
import styles from './page.module.css';

/** What stands where nothing is yet: says what will appear here and how. `page` when it is all there is on the page. */
export const EmptyState = ({
  title,
  children,
  action,
  page = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  page?: boolean;
}) => (
  <div className={styles.empty}>
    {page ? <h1 className={styles.emptyTitle}>{title}</h1> : <p className={styles.emptyTitle}>{title}</p>}
    {children && <p className={styles.emptyText}>{children}</p>}
    {action && <div className={styles.emptyAction}>{action}</div>}
  </div>
);
