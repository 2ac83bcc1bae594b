import { Link, useRouter } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import type { Place } from './area-web.ts';
import styles from './data-table.module.css';
import { TableHead } from './TableHead.tsx';
import { type Column, pinnedOffsets } from './table-column.ts';
import { useRowKeys } from './use-row-keys.ts';

/** What a {@link DataTable} shows. `rows` undefined means the first load: the skeleton of the real table stands there. */
export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** Where a row leads; the first column is the link itself, the rest of the row follows it. */
  readonly place: (row: Row) => Place;
  readonly tone?: (row: Row) => 'overdue' | undefined;
  /** Older rows are still shown while newer ones are on their way. */
  readonly refreshing?: boolean;
  readonly sort?: string | undefined;
  readonly onSort?: ((sort: string) => void) | undefined;
  /** Stands in place of the rows when there are none. */
  readonly empty: ReactNode;
  readonly skeletonRows?: number;
}

const skeletonWidths = [72, 88, 56, 80, 64] as const;

const SkeletonRows = <Row,>({ columns, count }: { columns: readonly Column<Row>[]; count: number }) =>
  Array.from({ length: count }, (_, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <tr key={line} className={styles.row}>
      {columns.map(({ key }, index) => (
        <td key={key}>
          <span
            className={styles.bone}
            style={{ width: `${skeletonWidths[(line + index) % skeletonWidths.length]}%` }}
          />
        </td>
      ))}
    </tr>
  ));

/** Whether the person is marking text or pressing something inside the row, so that the row must not open. */
const meantOtherwise = (event: MouseEvent): boolean =>
  (event.target instanceof Element && event.target.closest('a, button, input, label') !== null) ||
  (window.getSelection()?.toString() ?? '') !== '';

const Row = <Row,>({
  row,
  columns,
  offsets,
  place,
  overdue,
}: {
  row: Row;
  columns: readonly Column<Row>[];
  offsets: ReadonlyMap<string, number>;
  place: Place;
  overdue: boolean;
}) => {
  const router = useRouter();
  const open = (event: MouseEvent): void => {
    if (meantOtherwise(event)) return;
    if (event.button === 1 || event.ctrlKey || event.metaKey) {
      window.open(router.buildLocation(place).href, '_blank', 'noopener');
    } else if (event.button === 0) void router.navigate(place);
  };
  return (
    // The link in the first cell is the way in for keyboards and screen readers; the row only widens its target for the mouse.
    <tr className={styles.row} data-overdue={overdue} onClick={open} onAuxClick={open}>
      {columns.map(({ key, cell }, index) => {
        const left = offsets.get(key);
        return (
          <td
            key={key}
            className={left === undefined ? undefined : styles.pinned}
            style={left === undefined ? undefined : { left }}
          >
            {index === 0 ? (
              <Link {...place} className={styles.rowLink} data-row-link>
                {cell(row)}
              </Link>
            ) : (
              cell(row)
            )}
          </td>
        );
      })}
    </tr>
  );
};

/**
 * A table of matters: sticky head and first columns, rows that open by click, a new tab by middle click, ↑ ↓ Enter by keys.
 * Scrolls inside its own box, so that head, filters and pager stay in sight.
 */
export const DataTable = <R,>(props: DataTableProps<R>) => {
  const {
    caption,
    columns,
    rows,
    rowKey,
    place,
    tone,
    refreshing = false,
    sort,
    onSort,
    empty,
    skeletonRows = 10,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box);
  const offsets = pinnedOffsets(columns);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div className={styles.box} ref={box} data-refreshing={refreshing} aria-busy={refreshing || rows === undefined}>
      <table className={styles.table} style={{ minWidth: width }}>
        <caption className={styles.caption}>{caption}</caption>
        <TableHead columns={columns} offsets={offsets} sort={sort} onSort={onSort} />
        <tbody>
          {rows === undefined ? (
            <SkeletonRows columns={columns} count={skeletonRows} />
          ) : (
            rows.map((row) => (
              <Row
                key={rowKey(row)}
                row={row}
                columns={columns}
                offsets={offsets}
                place={place(row)}
                overdue={tone?.(row) === 'overdue'}
              />
            ))
          )}
        </tbody>
      </table>
      {rows?.length === 0 && <div className={styles.empty}>{empty}</div>}
    </div>
  );
};
