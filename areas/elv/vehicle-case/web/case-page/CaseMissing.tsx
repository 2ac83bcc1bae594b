import { Link } from '@tanstack/react-router';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import matter from '#web-kit/matter.module.css';
import styles from './case-page.module.css';

/** What stands where a case does not exist or is not this person's to see: the same words for both. */
export const CaseMissing = () => (
  <div className={matter.page}>
    <EmptyState
      title="没有找到这件案卷"
      action={
        <>
          <Link to="/elv/my-work">回到我的工作</Link>
          <span className={styles.apart} />
          <Link to="/elv/vehicle-cases">查看案卷列表</Link>
        </>
      }
    >
      案卷可能不存在，或不在您的权限范围内。请核对地址，或用顶部的搜索按号牌、车辆识别代号查找。
    </EmptyState>
  </div>
);
