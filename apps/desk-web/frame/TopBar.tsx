import CarryOutOutlined from '@ant-design/icons/CarryOutOutlined';
import { Link } from '@tanstack/react-router';
import { NoticeBell } from '#practices/notice/web/NoticeBell.tsx';
import { type AreaWaiting, type AreaWeb, openPages } from '#web-kit/area-web.ts';
import { formatNumber } from '#web-kit/format.ts';
import { useSession } from '#web-kit/session.tsx';
import styles from './frame.module.css';
import { GlobalSearch } from './GlobalSearch.tsx';
import { PersonMenu } from './PersonMenu.tsx';

const WaitingWork = ({ waiting: { useCount, place } }: { waiting: AreaWaiting }) => {
  const waiting = useCount();
  return (
    <Link {...place} className={styles.waiting} title="等我处理的事项">
      <CarryOutOutlined aria-hidden />
      <span className={styles.waitingName}>待办</span>
      <span className={styles.waitingCount} data-some={Boolean(waiting)}>
        {waiting === undefined ? '…' : formatNumber(waiting)}
      </span>
    </Link>
  );
};

const AreaLink = ({ area, here }: { area: AreaWeb; here: boolean }) => {
  const [entrance] = openPages(area, useSession());
  if (!entrance) return null;
  return (
    <Link {...entrance.place} className={styles.area} data-here={here}>
      {area.title}
    </Link>
  );
};

/** Product name, areas, search, to-dos, notices, person: 48 px that stay in sight. */
export const TopBar = ({ areas, area }: { areas: readonly AreaWeb[]; area: AreaWeb | undefined }) => (
  <header className={styles.bar}>
    <Link to="/" className={styles.product}>
      沪商监管
    </Link>
    <nav aria-label="业务领域" className={styles.areas}>
      {areas.map((one) => (
        <AreaLink key={one.id} area={one} here={one === area} />
      ))}
    </nav>
    {area?.search && <GlobalSearch key={area.id} search={area.search} />}
    <div className={styles.barEnd}>
      {area?.waiting && <WaitingWork key={area.id} waiting={area.waiting} />}
      <NoticeBell className={styles.waiting} countClassName={styles.waitingCount} />
      <PersonMenu />
    </div>
  </header>
);
