import { formatMoment, formatNumber, nothing } from '#web-kit/format.ts';
import type { CaseEvidence, WeighedPhoto } from '../model/photo-evidence.contract.ts';
import styles from './photo-evidence.module.css';

const lookedWords: Readonly<Record<WeighedPhoto['looked'], string>> = {
  waiting: '比对中',
  done: '已比对',
  unreadable: '不是可读的照片，只比对了文件',
};

const placeWords = ({ place, metresAway }: WeighedPhoto): string => {
  if (metresAway !== null) return `距场地 ${formatNumber(metresAway)} 米`;
  return place ?? '没有提供地点';
};

/** When and where each photograph of the yard was taken, and when it arrived. */
export const PhotoTable = ({ evidence, look }: { evidence: CaseEvidence; look: (photo: WeighedPhoto) => void }) => (
  <div className={styles.tableFrame}>
    <table className={styles.table}>
      <caption className={styles.caption}>
        {evidence.yardKnown
          ? `拍摄地点与回收拆解企业库登记的场地位置比较，超过 ${formatNumber(evidence.farMetres)} 米提示`
          : '回收拆解企业库没有登记这家企业的场地位置，拍摄地点只显示、不比较'}
      </caption>
      <thead>
        <tr>
          {['照片', '照片自带拍摄时间', '设备时间', '服务器收到', '相机', '地点', '比对'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {evidence.photos.map((photo) => (
          <tr key={photo.photoId}>
            <td>
              <button type="button" className={styles.link} onClick={() => look(photo)}>
                {photo.title}
              </button>
            </td>
            <td>{photo.takenAt ? formatMoment(photo.takenAt) : '没有'}</td>
            <td>{photo.deviceTime ? formatMoment(photo.deviceTime) : nothing}</td>
            <td>{formatMoment(photo.receivedAt)}</td>
            <td>{photo.camera ?? nothing}</td>
            <td>{placeWords(photo)}</td>
            <td>{lookedWords[photo.looked]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
