import MenuFoldOutlined from '@ant-design/icons/MenuFoldOutlined';
import MenuUnfoldOutlined from '@ant-design/icons/MenuUnfoldOutlined';
import { Link } from '@tanstack/react-router';
import { type AreaWeb, openPages } from '#web-kit/area-web.ts';
import { useSession } from '#web-kit/session.tsx';
import styles from './frame.module.css';

/** The pages of an area, 208 px wide or folded to their signs. */
export const SideMenu = ({
  area,
  folded,
  onFold,
}: {
  area: AreaWeb;
  folded: boolean;
  onFold: (folded: boolean) => void;
}) => {
  const session = useSession();
  const label = folded ? '展开菜单' : '收起菜单';
  return (
    <div className={styles.side} data-folded={folded}>
      <nav aria-label={area.title}>
        {openPages(area, session).map(({ key, title, icon, place }) => (
          <Link
            key={key}
            {...place}
            className={styles.entry}
            title={folded ? title : undefined}
            activeOptions={{ includeSearch: false }}
          >
            {icon}
            <span className={styles.entryTitle}>{title}</span>
          </Link>
        ))}
      </nav>
      <button type="button" className={styles.fold} onClick={() => onFold(!folded)} aria-label={label} title={label}>
        {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
      </button>
    </div>
  );
};
