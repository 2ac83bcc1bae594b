import { useRef } from 'react';
import { Failure } from '#kernel/contract/failure.ts';
import { objectionTo } from '#web-kit/upload.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import styles from './citizen.module.css';
import { citizenApi, photoAddress, sendPhoto } from './citizen-api.ts';
import type { OpenApplication } from './use-application.ts';

type Material = OwnApplicationView['materials'][number];

const takeLabel = ({ many, photos }: Material, busy: boolean): string => {
  if (busy) return '上传中……';
  if (photos.length === 0) return '拍照或从相册选';
  return many ? '再拍一张' : '重拍';
};

/** One place for a photograph, with what is there. `after` hears of a photograph that has come. */
export const PhotoPlace = ({
  open,
  material,
  after,
}: {
  readonly open: OpenApplication;
  readonly material: Material;
  readonly after?: (view: OwnApplicationView) => void;
}) => {
  const input = useRef<HTMLInputElement>(null);
  const { view, busy, act } = open;
  const { part, title, hint, required, photos, consentFirst } = material;
  const send = async (file: File): Promise<void> => {
    const objection = objectionTo(file);
    let come: OwnApplicationView | undefined;
    await act(part, async () => {
      if (objection !== undefined) throw new Failure(0, 'OBJECTION', objection);
      come = await sendPhoto(view.id, part, file);
      return come;
    });
    if (come) after?.(come);
  };
  return (
    <section className={styles.place} aria-label={title}>
      <div className={styles.placeHead}>
        <h3>
          {title}
          {!required && <small> 有则拍</small>}
        </h3>
        {photos.length > 0 ? <b className={styles.done}>已拍</b> : required && <b className={styles.lack}>待拍</b>}
      </div>
      <p className={styles.hint}>{hint}</p>
      <div className={styles.pictures}>
        {photos.map(({ id, mediaType }) => (
          <span key={id} className={styles.picture}>
            {mediaType === 'application/pdf' ? (
              'PDF 文件'
            ) : (
              <img src={photoAddress(view.id, id)} alt={title} loading="lazy" />
            )}
            <button
              type="button"
              aria-label={`删除${title}`}
              onClick={() => void act('remove', () => citizenApi.removePhoto({ id: view.id, photoId: id }))}
            >
              删除
            </button>
          </span>
        ))}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={`拍摄${title}`}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void send(file);
        }}
      />
      <button
        type="button"
        className={styles.take}
        disabled={busy !== null || consentFirst !== null}
        onClick={() => input.current?.click()}
      >
        {consentFirst === null ? takeLabel(material, busy === part) : '请先阅读并同意上方的文本'}
      </button>
    </section>
  );
};
