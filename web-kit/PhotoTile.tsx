import { Popconfirm } from 'antd';
import { FileButton } from './FilePick.tsx';
import { formatMoment } from './format.ts';
import styles from './photo-grid.module.css';
import type { Photo, PhotoActions } from './photo-slot.ts';
import type { Upload } from './upload-list.ts';

const percent = (progress: number): string => `${Math.round(progress * 100)}%`;

const Bar = ({ progress, label }: { progress: number; label: string }) => (
  <progress className={styles.bar} max={1} value={progress} aria-label={label}>
    {percent(progress)}
  </progress>
);

const Reread = ({ photo, act }: { photo: Photo; act: PhotoActions }) => (
  <button
    type="button"
    className={styles.act}
    onClick={() => act.reread(photo.id)}
    aria-label={`重新识别${photo.title}`}
  >
    重新识别
  </button>
);

const ReadingLine = ({ photo, act, editable }: { photo: Photo; act: PhotoActions; editable: boolean }) => {
  const { status, progress, message } = photo.ocr;
  if (status === 'none') return null;
  if (status === 'waiting') return <p className={styles.line}>等待识别</p>;
  if (status === 'reading') {
    return (
      <p className={styles.line}>
        正在识别 {percent(progress)} <Bar progress={progress} label={`${photo.title}识别进度`} />
      </p>
    );
  }
  if (status === 'done') {
    return (
      <p className={styles.line}>
        <span className={styles.good}>已识别</span>
        {editable && <Reread photo={photo} act={act} />}
      </p>
    );
  }
  // Who only looks cannot take a better picture.
  if (!editable) return <p className={styles.line}>未能识别，由人填写</p>;
  return (
    <div className={styles.ask} role="alert">
      {message ??
        (status === 'too-few'
          ? '能认出的内容太少，请换一张：证件放平、占满画面、避开反光'
          : '没有识别成功，可以重新识别，或直接手工填写')}
      <span className={styles.acts}>
        {photo.removable && (
          <FileButton label={`换一张${photo.title}`} take={(files) => act.add(photo.part, files, photo.id)}>
            换一张
          </FileButton>
        )}
        <Reread photo={photo} act={act} />
      </span>
    </div>
  );
};

const Removal = ({ photo, act }: { photo: Photo; act: PhotoActions }) => (
  <>
    <FileButton label={`换一张${photo.title}`} take={(files) => act.add(photo.part, files, photo.id)}>
      换一张
    </FileButton>
    <Popconfirm
      title="移除这张照片"
      description="移除后需要时要重新上传。"
      okText="移除"
      cancelText="不移除"
      onConfirm={() => act.remove(photo)}
    >
      <button type="button" className={styles.act} aria-label={`移除${photo.title}`}>
        移除
      </button>
    </Popconfirm>
  </>
);

const Picture = ({ photo, act }: { photo: Photo; act: PhotoActions }) => (
  <button type="button" className={styles.view} onClick={() => act.open(photo.id)} title={`查看${photo.title}`}>
    {photo.mediaType.startsWith('image/') ? (
      <img src={act.smallAddress(photo.id)} alt={photo.title} loading="lazy" decoding="async" />
    ) : (
      <span className={styles.paper}>PDF 文件</span>
    )}
  </button>
);

/** A photograph in its place, with who took it, when and where, and how its reading stands. */
export const PhotoTile = ({ photo, act, editable }: { photo: Photo; act: PhotoActions; editable: boolean }) => (
  <figure className={styles.tile}>
    {photo.viewable ? (
      <Picture photo={photo} act={act} />
    ) : (
      <p className={styles.locked}>含个人信息，按您的角色不显示</p>
    )}
    <figcaption>
      <p className={styles.line}>
        <time
          dateTime={photo.uploadedAt}
          title={photo.deviceTime ? `设备时间 ${formatMoment(photo.deviceTime)}` : undefined}
        >
          {formatMoment(photo.uploadedAt)}
        </time>
        <span>{photo.operatorName}</span>
      </p>
      {photo.place && <p className={styles.line}>{photo.place}</p>}
      <ReadingLine photo={photo} act={act} editable={editable} />
      {editable && photo.removable && photo.ocr.status !== 'too-few' && photo.ocr.status !== 'failed' && (
        <p className={styles.line}>
          <Removal photo={photo} act={act} />
        </p>
      )}
    </figcaption>
  </figure>
);

/** A file on its way, or stopped with the reason and what can be done. */
export const UploadTile = ({ upload, act }: { upload: Upload; act: PhotoActions }) => {
  const stopped = upload.state === 'failed' || upload.state === 'refused' || upload.state === 'held';
  return (
    <div className={`${styles.tile} ${styles.moving}`} role={stopped ? 'alert' : 'status'}>
      <p className={styles.name}>{upload.fileName}</p>
      {stopped ? (
        <p className={styles.bad}>{upload.message}</p>
      ) : (
        <>
          <Bar progress={upload.progress} label={`${upload.fileName}上传进度`} />
          <p className={styles.line}>
            {upload.state === 'waiting' ? '等待上传' : `正在上传 ${percent(upload.progress)}`}
          </p>
        </>
      )}
      {stopped && (
        <p className={styles.line}>
          {(upload.state === 'failed' || upload.state === 'held') && (
            <button type="button" className={styles.act} onClick={() => act.retry(upload)}>
              重试
            </button>
          )}
          <button type="button" className={styles.act} onClick={() => act.drop(upload)}>
            不传了
          </button>
        </p>
      )}
    </div>
  );
};
