import styles from './plate.module.css';
import { plateLook, plateLookTitle } from './plate-look.ts';

/** A plate drawn as a plate; `size` is `row` in tables, `head` in the header of a page. */
export const PlateMark = ({
  plateNo,
  plateTypeCode,
  size = 'row',
}: {
  plateNo: string | null;
  plateTypeCode: string | null;
  size?: 'row' | 'head';
}) => {
  const look = plateLook(plateNo, plateTypeCode);
  const words = plateNo ?? '';
  return (
    <span className={`${styles.plate} ${styles[look]} ${styles[size]}`} title={plateLookTitle[look]}>
      {look === 'none' ? (
        '无号牌'
      ) : (
        <>
          {words.slice(0, 2)}
          <span aria-hidden className={styles.dot} />
          {words.slice(2)}
        </>
      )}
    </span>
  );
};
