import { Pagination } from 'antd';
import styles from './chooser.module.css';
import { formatNumber } from './format.ts';

/** The foot of a list: which lines of how many, exactly, and the way to the others. */
export const Pager = ({
  total,
  page,
  size,
  unit,
  onChange,
}: {
  total: number | undefined;
  page: number;
  size: number;
  /** What is counted, for example 件. */
  unit: string;
  onChange: (page: number, size: number) => void;
}) => {
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total ?? 0);
  return (
    <div className={styles.pager}>
      <span aria-live="polite">
        {total === undefined
          ? '正在读取'
          : first <= last
            ? `第 ${formatNumber(first)}–${formatNumber(last)} ${unit}，共 ${formatNumber(total)} ${unit}`
            : `共 ${formatNumber(total)} ${unit}`}
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
