import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import styles from './frame.module.css';

/** No such address: says so and leads back to work. */
export const NotFoundPage = () => (
  <div className={styles.page}>
    <EmptyState page title="没有这个页面" action={<Link to="/">回到我的工作</Link>}>
      地址可能输错了，或页面已经不在。可以用顶部的搜索按号牌、车辆识别代号或案卷编号查找。
    </EmptyState>
  </div>
);

/** The person may not enter here: says whom to ask. */
export const NoPermissionPage = () => (
  <div className={styles.page}>
    <EmptyState page title="您的账号不能查看这个页面">
      当前角色没有相应的权限。如果工作需要，请联系本单位管理员开通，开通后重新登录。
    </EmptyState>
  </div>
);

/** A page that failed as a whole. */
export const PageFailure = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  return (
    <div className={styles.page}>
      <FailurePanel
        error={error}
        retry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
};

/** What stands while a page's code is on its way: nothing jumps, nothing spins. */
export const PagePending = () => <div className={styles.page} aria-busy="true" />;
