import { Pagination } from 'antd';
import styles from './chooser.module.css';
import { formatNumber } from './format.ts';

/** The foot of a list: which lines of how many, exactly or, with `more`, at least, and the way to the others. */
export const Pager = ({
  total,
  more = false,
  page,
  size,
  unit,
  onChange,
}: {
  total: number | undefined;
  more?: boolean;
  page: number;
  size: number;
  /** What is counted, for example 件. */
  unit: string;
  onChange: (page: number, size: number) => void;
}) => {
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total ?? 0);
  const all = `共 ${formatNumber(total ?? 0)}${more ? '+' : ''} ${unit}`;
  return (
    <div className={styles.pager}>
      <span aria-live="polite">
        {total === undefined
          ? '正在读取'
          : first <= last
            ? `第 ${formatNumber(first)}–${formatNumber(last)} ${unit}，${all}`
            : all}
      </span>
      <Pagination
        current={page}
        pageSize={size}
        total={total ?? 0}
        showSizeChanger
        pageSizeOptions={[20, 50, 100]}
        onChange={onChange}
        disabled={total === undefined}
      />
    </div>
  );
};
