import type { ReactNode } from 'react';
import styles from './operating.module.css';

/** A column of a {@link FiguresTable}. */
export interface FigureColumn<Row> {
  readonly title: string;
  readonly figure?: true;
  readonly cell: (row: Row) => ReactNode;
}

/** A short table of figures under its heading; `rows` undefined while they are on their way. */
export const FiguresTable = <Row,>({
  title,
  note,
  columns,
  rows,
  rowKey,
  empty,
}: {
  title: string;
  note?: ReactNode;
  columns: readonly FigureColumn<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  empty: string;
}) => (
  <section className={styles.part} aria-label={title}>
    <h2>
      {title}
      {note && <span className={styles.second}>{note}</span>}
    </h2>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
    <section className={styles.tableBox} tabIndex={0} aria-label={`${title}，可横向滚动`}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} className={column.figure && styles.figure}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.title} className={column.figure && styles.figure}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows?.length === 0 && (
            <tr>
              <td colSpan={columns.length} className={styles.second}>
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  </section>
);
