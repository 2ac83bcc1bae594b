import { useState } from 'react';
import { formatMoment } from '#web-kit/format.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Sheet } from '#web-kit/phone/Sheet.tsx';
import type { WaitingPhoto } from './waiting-photo.ts';
import styles from './yard.module.css';
import { usePictureAddress, useYard, useYardView } from './yard-context.ts';
import { yardPaths } from './yard-words.ts';

const stateWords = (photo: WaitingPhoto, reached: boolean): string => {
  if (photo.newer) return photo.refusal ?? '';
  if (photo.state === 'refused') return `未被接收：${photo.refusal ?? ''}`;
  if (photo.lease !== null && photo.lease.untilAt > Date.now()) return '正在发送';
  if (photo.attempts === 0) return reached ? '排队中' : '等待网络';
  return `试过 ${photo.attempts} 次没有送到，会自动再试`;
};

const Waiting = ({ photo }: { readonly photo: WaitingPhoto }) => {
  const yard = useYard();
  const { reached } = useYardView();
  const address = usePictureAddress(photo);
  const [asking, setAsking] = useState(false);
  const forget = (): void => {
    setAsking(false);
    void yard.queue.forget(photo.id);
  };
  const again = (): void => {
    void yard.queue.hurry(photo.id).then(yard.send);
  };
  return (
    <li className={styles.row}>
      {address && <img src={address} alt="" className={styles.thumb} />}
      <div className={styles.rowText}>
        <b>
          {photo.plateNo ?? photo.caseNo} {photo.title}
        </b>
        <span className={styles.second}>{formatMoment(photo.takenAt)} 拍摄</span>
        <span className={photo.state === 'refused' ? styles.late : styles.second}>{stateWords(photo, reached)}</span>
        {photo.state === 'refused' && (
          <div className={styles.pair}>
            <PhoneButton onPress={again}>{photo.newer ? '用这张替换' : '再发一次'}</PhoneButton>
            <PhoneButton tone="danger" onPress={() => setAsking(true)}>
              删除
            </PhoneButton>
          </div>
        )}
      </div>
      {asking && (
        <Sheet
          title={`删除${photo.title}照片`}
          foot={
            <>
              <PhoneButton tone="danger" onPress={forget}>
                删除
              </PhoneButton>
              <PhoneButton onPress={() => setAsking(false)}>保留</PhoneButton>
            </>
          }
        >
          <p>
            {photo.newer
              ? '服务器上保留更晚拍的那张；本机这张删除后不能找回。'
              : '服务器没有接收这张照片，本机是唯一的一份，删除后不能找回。'}
          </p>
        </Sheet>
      )}
    </li>
  );
};

const othersOf = (photos: readonly WaitingPhoto[], personId: string): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { takenBy, takenByName, picture } of photos)
    if (takenBy !== personId && picture !== null) counts.set(takenByName, (counts.get(takenByName) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count} 张`);
};

/** Every photograph that has not arrived yet, and how it stands with it. */
export const QueueScreen = () => {
  const yard = useYard();
  const { person, photos, reached } = useYardView();
  const own = photos.filter(({ takenBy, picture }) => takenBy === person.id && picture !== null);
  const others = othersOf(photos, person.id);
  return (
    <Screen
      up={yardPaths.tasks}
      title={own.length === 0 ? '没有待发送的照片' : `${own.length} 张待发送`}
      foot={
        own.length > 0 ? (
          <PhoneButton tone="primary" onPress={() => void yard.queue.hurry().then(yard.send)}>
            现在发送
          </PhoneButton>
        ) : (
          <PhoneButton onPress={() => goTo(yardPaths.tasks, true)}>返回任务列表</PhoneButton>
        )
      }
    >
      <p className={styles.second}>
        {reached
          ? '照片按拍摄顺序自动发送，送达后从本机删除。'
          : '没有网络。照片存在本机，关掉页面也不会丢，连上网络后自动发送，每张只送达一次。'}
      </p>
      <ul className={styles.cards}>
        {[...own]
          .sort((a, b) => a.takenAt.localeCompare(b.takenAt))
          .map((photo) => (
            <Waiting key={photo.id} photo={photo} />
          ))}
      </ul>
      {others.length > 0 && (
        <p className={styles.second}>
          本机另有他人拍摄、尚未发送的照片：{others.join('，')}。由本人登录后发送，不会以您的名义上传。
        </p>
      )}
    </Screen>
  );
};
