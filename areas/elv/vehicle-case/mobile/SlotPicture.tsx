import { formatMomentExactly } from '#web-kit/format.ts';
import type { YardPhoto } from '../model/yard-task.contract.ts';
import { isFresh } from './shot.ts';
import type { SlotView } from './task-progress.ts';
import type { WaitingPhoto } from './waiting-photo.ts';
import styles from './yard.module.css';
import { photoAddress } from './yard-api.ts';
import { usePictureAddress, useYardView } from './yard-context.ts';

const stateWords = ({ state, attempts, refusal, newer }: WaitingPhoto, reached: boolean): string => {
  if (newer) return '已有更晚的照片，请在“待发送”里确认';
  if (state === 'refused') return `未被接收：${refusal ?? ''}`;
  if (state === 'sent') return '已送达服务器';
  if (!reached) return '已存本机，联网后发送';
  return attempts === 0 ? '正在发送' : '没有送到，稍后再试';
};

/** When, for which case, by whom and where: told with the photograph as data, never painted into it. */
const Stamp = ({
  at,
  caseNo,
  by,
  place,
  words,
}: {
  readonly at: string;
  readonly caseNo: string;
  readonly by: string;
  readonly place: string | null;
  readonly words: string;
}) => (
  <figcaption className={styles.stamp}>
    <span>{formatMomentExactly(at)}</span>
    <span>{by}</span>
    <span>{caseNo}</span>
    <span>{place ?? '未记录位置'}</span>
    <b className={styles.stampState}>{words}</b>
  </figcaption>
);

const Here = ({ photo }: { readonly photo: WaitingPhoto }) => {
  const { reached } = useYardView();
  const address = usePictureAddress(photo);
  const old = !isFresh(photo.takenAt, Date.now()) && photo.attempts === 0;
  return (
    <figure className={styles.picture}>
      {address ? <img src={address} alt={photo.title} /> : <span className={styles.noPicture}>已送达服务器</span>}
      <Stamp
        at={photo.takenAt}
        caseNo={photo.caseNo}
        by={photo.takenByName}
        place={photo.place}
        words={
          old && photo.state === 'waiting'
            ? `${stateWords(photo, reached)}；不是刚才拍的照片`
            : stateWords(photo, reached)
        }
      />
    </figure>
  );
};

const There = ({
  caseId,
  caseNo,
  title,
  photo,
}: {
  readonly caseId: string;
  readonly caseNo: string;
  readonly title: string;
  readonly photo: YardPhoto;
}) => {
  const { reached } = useYardView();
  return (
    <figure className={styles.picture}>
      {reached ? (
        <img src={photoAddress(caseId, photo.id)} alt={title} />
      ) : (
        <span className={styles.noPicture}>已送达服务器，联网后可查看</span>
      )}
      <Stamp
        at={photo.deviceTime ?? photo.uploadedAt}
        caseNo={caseNo}
        by={photo.operatorName}
        place={photo.place}
        words="已送达服务器"
      />
    </figure>
  );
};

/** The photograph that stands in a place: the one just taken at once, from this phone. */
export const SlotPicture = ({
  caseId,
  caseNo,
  slot,
}: {
  readonly caseId: string;
  readonly caseNo: string;
  readonly slot: SlotView;
}) => {
  const here = slot.here.at(-1);
  const there = slot.there.at(-1);
  const count = slot.here.length + slot.there.length;
  return (
    <>
      {here ? (
        <Here photo={here} />
      ) : there ? (
        <There caseId={caseId} caseNo={caseNo} title={slot.title} photo={there} />
      ) : (
        <div className={styles.noPictureYet}>还没有拍</div>
      )}
      {count > 1 && <p className={styles.second}>这个位置共有 {count} 张，显示最新的一张。</p>}
    </>
  );
};
