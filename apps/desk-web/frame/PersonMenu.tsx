import DownOutlined from '@ant-design/icons/DownOutlined';
import { useNavigate } from '@tanstack/react-router';
import { App, Dropdown } from 'antd';
import { useSignOut } from '#areas/governance/account/web/use-sign-out.ts';
import { failureOf } from '#web-kit/api.ts';
import { clearDrafts } from '#web-kit/draft-place.ts';
import { clearShelf } from '#web-kit/file-shelf.ts';
import { may, useSession } from '#web-kit/session.tsx';
import styles from './frame.module.css';

/** Who is signed in, for whom and in which role, and the way out. */
export const PersonMenu = () => {
  const session = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const signOut = useSignOut(
    (error) => void message.error(failureOf(error).message),
    () => {
      clearDrafts(window.localStorage);
      // A browser that keeps no files has none to take away.
      void clearShelf().catch(() => undefined);
    },
  );
  const roles = session.roles.map(({ title }) => title).join('、');
  const about = (
    <div className={styles.about}>
      <div className={styles.aboutName}>{session.name}</div>
      <div>{session.userName}</div>
      {session.organisationName && <div>{session.organisationName}</div>}
      <div>{roles}</div>
    </div>
  );
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'about', type: 'group', label: about },
          { type: 'divider' },
          {
            key: 'settings',
            label: '个人设置',
            onClick: () => void navigate({ to: '/personal-settings' }),
          },
          ...(may(session, 'elv.vehicle-case:edit') ? [{ key: 'yard', label: <a href="/yard/">手机现场采集</a> }] : []),
          { key: 'sign-out', label: '退出登录', onClick: signOut },
        ],
      }}
    >
      <button type="button" className={styles.person} aria-haspopup="menu">
        <span className={styles.personName}>{session.name}</span>
        <span className={styles.personRole}>{roles}</span>
        <DownOutlined aria-hidden className={styles.personArrow} />
      </button>
    </Dropdown>
  );
};
