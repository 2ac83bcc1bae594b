import matter from '#web-kit/matter.module.css';
import styles from './case-page.module.css';

const bars = (count: number, height: number) =>
  Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
    <span key={index} className={styles.bone} style={{ height }} />
  ));

/** The outline of the real page while its first data are on the way: the same places, so nothing jumps. */
export const CaseSkeleton = () => (
  <div className={matter.page} role="status" aria-busy="true" aria-label="正在打开案卷">
    <div className={styles.boneHead}>{bars(1, 36)}</div>
    <div className={styles.boneStages}>{bars(6, 44)}</div>
    <div className={matter.columns}>
      <div className={matter.main}>
        <div className={matter.section}>
          <div className={styles.boneGrid}>{bars(4, 116)}</div>
          <div className={styles.boneForm}>{bars(10, 52)}</div>
        </div>
      </div>
      <div className={styles.side}>
        <div className={matter.panel}>{bars(3, 32)}</div>
        <div className={matter.panel}>{bars(4, 22)}</div>
      </div>
    </div>
  </div>
);
