import CameraOutlined from '@ant-design/icons/CameraOutlined';
import { FileDrop } from './FilePick.tsx';
import { anchorOf } from './jump.ts';
import { PhotoTile, UploadTile } from './PhotoTile.tsx';
import styles from './photo-grid.module.css';
import type { Photo, PhotoActions, PhotoPlace } from './photo-slot.ts';
import type { Upload } from './upload-list.ts';

const demands = { required: '必传', wanted: '请补传', optional: '选传' } as const;

const demandOf = ({ required, wanted }: PhotoPlace): keyof typeof demands =>
  required ? 'required' : wanted ? 'wanted' : 'optional';

const Place = ({
  place,
  photos,
  uploads,
  act,
  editable,
}: {
  place: PhotoPlace;
  photos: readonly Photo[];
  uploads: readonly Upload[];
  act: PhotoActions;
  editable: boolean;
}) => {
  const demand = demandOf(place);
  const empty = photos.length === 0 && uploads.length === 0;
  const open = editable && (empty || place.many) && uploads.every(({ state }) => state !== 'sending');
  return (
    <section className={styles.place} id={anchorOf(`photo:${place.part}`)} aria-label={place.title}>
      <h4 className={styles.title}>
        <span>{place.title}</span>
        {(editable || (empty && demand !== 'optional')) && <span className={styles[demand]}>{demands[demand]}</span>}
      </h4>
      <div className={styles.tiles}>
        {photos.map((photo) => (
          <PhotoTile key={photo.id} photo={photo} act={act} editable={editable} />
        ))}
        {uploads.map((upload) => (
          <UploadTile key={upload.key} upload={upload} act={act} />
        ))}
        {open && (
          <FileDrop
            label={`上传${place.title}`}
            many={place.many}
            small={!empty}
            take={(files) => act.add(place.part, files)}
          >
            <CameraOutlined aria-hidden className={styles.sign} />
            <span className={styles.how}>{empty ? '点击选择，或拖入、粘贴' : '再加一张'}</span>
            {empty && <span className={styles.hint}>{place.hint}</span>}
          </FileDrop>
        )}
        {empty && !editable && <div className={styles.missing}>未上传</div>}
      </div>
    </section>
  );
};

/** The photographs a matter asks for, each in its named place: dashed while missing, with its reading and its origin once there. */
export const PhotoGrid = ({
  places,
  photos,
  uploads,
  act,
  editable,
}: {
  places: readonly PhotoPlace[];
  photos: readonly Photo[];
  uploads: readonly Upload[];
  act: PhotoActions;
  editable: boolean;
}) => (
  <div className={styles.grid}>
    {places.map((place) => (
      <Place
        key={place.part}
        place={place}
        photos={photos.filter(({ part }) => part === place.part)}
        uploads={uploads.filter(({ part }) => part === place.part)}
        act={act}
        editable={editable}
      />
    ))}
  </div>
);
