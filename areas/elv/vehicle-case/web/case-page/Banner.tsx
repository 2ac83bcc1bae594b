import type { ReactNode } from 'react';
import styles from './banners.module.css';

/** One thing that must be known before anything else is done. */
export const Banner = ({
  tone,
  title,
  children,
}: {
  tone: 'returned' | 'danger' | 'outside' | 'amber' | 'darkRed';
  title: string;
  children?: ReactNode;
}) => (
  <div className={`${styles.banner} ${styles[tone]}`} role={tone === 'danger' ? 'alert' : 'note'}>
    <strong className={styles.title}>{title}</strong>
    {children}
  </div>
);
