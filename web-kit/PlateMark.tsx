import { type PlateColour, plateColour } from '#practices/vehicle/model/plate.ts';
import styles from './plate.module.css';

/** What a plate's paint is called, for those who do not see it. */
const titles: Readonly<Record<PlateColour, string>> = {
  blue: '蓝牌',
  yellow: '黄牌',
  green: '绿牌',
  'yellow-green': '黄绿牌',
  white: '白牌',
  black: '黑牌',
};

/** A plate drawn as a plate; `size` is `row` in tables, `head` in the header of a page. Source: GA 36-2018. */
export const PlateMark = ({
  plateNo,
  plateTypeCode,
  size = 'row',
  lacking = '无号牌',
}: {
  plateNo: string | null;
  plateTypeCode: string | null;
  size?: 'row' | 'head';
  /** What stands where there is no plate: it has none, or nobody has filled it in yet. */
  lacking?: string;
}) => {
  if (plateNo === null || plateNo === '') {
    return <span className={`${styles.plate} ${styles.none} ${styles[size]}`}>{lacking}</span>;
  }
  const colour = plateColour(plateNo, plateTypeCode);
  return (
    <span className={`${styles.plate} ${styles[colour]} ${styles[size]}`} title={titles[colour]}>
      {plateNo.slice(0, 2)}
      <span aria-hidden className={styles.dot} />
      {plateNo.slice(2)}
    </span>
  );
};
