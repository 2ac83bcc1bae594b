import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { failureOf } from '#web-kit/api.ts';
import styles from './import.module.css';

/** One part of an import's page, with what was refused on top. */
export const ImportSheet = ({
  label,
  title,
  error,
  children,
}: {
  label: string;
  title: string;
  error?: Error | null;
  children: ReactNode;
}) => (
  <section className={styles.sheet} aria-label={label}>
    <h2 className={styles.sheetTitle}>{title}</h2>
    {error && (
      <div className={styles.refused}>
        <Alert type="error" showIcon title={failureOf(error).message} />
      </div>
    )}
    {children}
  </section>
);
