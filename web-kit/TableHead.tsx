import CaretDownOutlined from '@ant-design/icons/CaretDownOutlined';
import CaretUpOutlined from '@ant-design/icons/CaretUpOutlined';
import styles from './data-table.module.css';
import { type Column, nextOrder } from './table-column.ts';

const SortButton = <Row,>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: string | undefined;
  onSort: (sort: string) => void;
}) => {
  const { orders, title } = column;
  if (!orders) return title;
  const direction = orders.find((order) => order?.sort === sort)?.direction;
  return (
    <button
      type="button"
      className={styles.sort}
      onClick={() => onSort(nextOrder(orders, sort))}
      title={`按${title}排序`}
    >
      {title}
      <span aria-hidden className={styles.arrows} data-direction={direction}>
        <CaretUpOutlined aria-hidden />
        <CaretDownOutlined aria-hidden />
      </span>
    </button>
  );
};

/** The sticky head of a table, with the order it is in. */
export const TableHead = <Row,>({
  columns,
  offsets,
  sort,
  onSort,
}: {
  columns: readonly Column<Row>[];
  offsets: ReadonlyMap<string, number>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}) => (
  <thead>
    <tr>
      {columns.map((column) => {
        const left = offsets.get(column.key);
        const direction = column.orders?.find((order) => order?.sort === sort)?.direction;
        return (
          <th
            key={column.key}
            scope="col"
            aria-sort={direction ?? undefined}
            className={left === undefined ? undefined : styles.pinned}
            style={{ width: column.width, ...(left === undefined ? {} : { left }) }}
          >
            {onSort ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.title}
          </th>
        );
      })}
    </tr>
  </thead>
);
