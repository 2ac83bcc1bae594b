import type { ReactNode } from 'react';
import { formatNumber } from '#web-kit/format.ts';
import type { ImportFault } from '../model/import-columns.ts';
import styles from './import.module.css';

/** What a dry run found. */
export interface Findings {
  readonly total: number;
  readonly good: number;
  readonly faultCount: number;
  /** The first of them, by line. */
  readonly faults: readonly ImportFault[];
}

const Faults = ({ faults }: Pick<Findings, 'faults'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section className={styles.faults} tabIndex={0} aria-label="错误清单">
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" style={{ width: 80 }}>
            行
          </th>
          <th scope="col" style={{ width: 180 }}>
            列
          </th>
          <th scope="col">错误</th>
        </tr>
      </thead>
      <tbody>
        {faults.map(({ line, column, message }) => (
          <tr key={`${line} ${column} ${message}`}>
            <td>{line}</td>
            <td>{column}</td>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** How many lines of a file are right, and every cell that is not; `children` are further counts. Source: tender R49. */
export const ImportFindings = ({ view, children }: { view: Findings; children?: ReactNode }) => {
  const bad = view.total - view.good;
  return (
    <>
      <div className={styles.counts}>
        <span>
          共 <strong>{formatNumber(view.total)}</strong> 行
        </span>
        <span>
          可导入 <strong>{formatNumber(view.good)}</strong> 行
        </span>
        <span className={bad > 0 ? styles.faulty : ''}>
          有错误 <strong>{formatNumber(bad)}</strong> 行，{formatNumber(view.faultCount)} 处
        </span>
        {children}
      </div>
      {view.faults.length > 0 && <Faults faults={view.faults} />}
      {view.faultCount > view.faults.length && (
        <p className={styles.quiet}>只列出前 {formatNumber(view.faults.length)} 处错误，改正后重新上传再看其余</p>
      )}
    </>
  );
};
