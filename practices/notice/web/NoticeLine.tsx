import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMatterPlace } from '#web-kit/matter-places.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import { channelTitles, deliveryTitles } from '../model/channel.ts';
import type { NoticeView } from '../model/notice.contract.ts';
import styles from './notices.module.css';

/** How it stands with what left the house of a notice. */
const Ways = ({ deliveries }: Pick<NoticeView, 'deliveries'>) =>
  deliveries.length === 0 ? null : (
    <p className={styles.ways}>
      {deliveries.map(({ channel, state, reason }) => (
        <span key={channel} title={reason ?? undefined}>
          {channelTitles[channel]}
          {deliveryTitles[state]}
        </span>
      ))}
    </p>
  );

/** One notice: what has happened, to what, when; opening the matter is reading it. */
export const NoticeLine = ({ notice, onRead }: { notice: NoticeView; onRead: (id: string) => void }) => {
  const { id, title, text, groupTitle, matter, raisedAt, readAt, deliveries } = notice;
  const place = useMatterPlace()(matter.type, matter.id);
  const unread = readAt === null;
  const read = () => {
    if (unread) onRead(id);
  };
  return (
    <li className={styles.line} data-unread={unread}>
      <div className={styles.said}>
        <h2 className={styles.lineTitle}>
          {unread && <span className={styles.dot} role="img" aria-label="未读" />}
          {place ? (
            <Link {...place} onClick={read}>
              {title}
            </Link>
          ) : (
            title
          )}
        </h2>
        <p>{text}</p>
        <Ways deliveries={deliveries} />
      </div>
      <div className={styles.beside}>
        <span>{groupTitle}</span>
        <TimeText at={raisedAt} />
        {unread && (
          <Button size="small" onClick={read} aria-label={`把“${title}”标为已读`}>
            标为已读
          </Button>
        )}
      </div>
    </li>
  );
};
