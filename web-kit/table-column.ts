import type { ReactNode } from 'react';

/** A column of a {@link DataTable}: what it is called, how wide it is (px), how a row's cell is drawn. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly cell: (row: Row) => ReactNode;
  /** The orders this column can put the rows in, as the server names them; the first is taken on the first click. */
  readonly orders?: readonly [first: Order, second?: Order];
  /** Stays in sight when the table is scrolled sideways; pinned columns come first. */
  readonly pinned?: true;
  /** Cannot be taken out of the table. */
  readonly fixed?: true;
  /** Not shown until the person chooses it. */
  readonly extra?: true;
}

/** An order of the server and the way it runs. */
export interface Order {
  readonly sort: string;
  readonly direction: 'ascending' | 'descending';
}

/** The columns to show: those chosen where there is a choice, else all but the extra ones. Unknown names are ignored. */
export const chosenColumns = <Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): readonly Column<Row>[] =>
  columns.filter(({ key, fixed, extra }) => fixed || (chosen === null ? !extra : chosen.includes(key)));

/** Where pinned columns stand, in px from the left, in order. */
export const pinnedOffsets = <Row>(columns: readonly Column<Row>[]): ReadonlyMap<string, number> => {
  const offsets = new Map<string, number>();
  let left = 0;
  for (const { key, width, pinned } of columns) {
    if (!pinned) break;
    offsets.set(key, left);
    left += width;
  }
  return offsets;
};

/** The order a click on the column's head leads to: first, second, first again. */
export const nextOrder = (orders: readonly [Order, Order?], current: string | undefined): string => {
  const [first, second] = orders;
  return second && current === first.sort ? second.sort : first.sort;
};
