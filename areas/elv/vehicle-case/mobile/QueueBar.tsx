import { goTo } from '#web-kit/phone/phone-path.ts';
import styles from './yard.module.css';
import { useYardView } from './yard-context.ts';
import { yardPaths } from './yard-words.ts';

/** What every screen says on top while something waits or the line is down; nothing when all is well. */
export const QueueBar = () => {
  const { person, photos, reached } = useYardView();
  const own = photos.filter(({ takenBy, picture }) => takenBy === person.id && picture !== null);
  const refused = own.filter(({ state }) => state === 'refused').length;
  if (own.length === 0 && reached) return null;
  const words = [
    ...(reached ? [] : [own.length > 0 ? '没有网络' : '没有网络，照片先存在本机']),
    ...(own.length > 0 ? [`${own.length} 张待发送`] : []),
    ...(refused > 0 ? [`其中 ${refused} 张未被接收`] : []),
  ].join('，');
  const tone = refused > 0 ? styles.barRefused : reached ? styles.barSending : styles.barOffline;
  return (
    <div role="status">
      <button type="button" className={`${styles.bar} ${tone}`} onClick={() => goTo(yardPaths.queue)}>
        <span>{words}</span>
        <span aria-hidden className={styles.barMore}>
          查看 ›
        </span>
      </button>
    </div>
  );
};
