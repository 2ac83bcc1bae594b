import { Modal } from 'antd';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { formatBytes, formatMomentExactly } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { PhotoGrid } from '#web-kit/PhotoGrid.tsx';
import { type Photo, photoProgress } from '#web-kit/photo-slot.ts';
import type { ViewedFile } from '#web-kit/ViewerPane.tsx';
import type { EntryView, FileView } from '../../model/registry.views.ts';
import type { RegistryWeb } from '../registry-web.ts';
import { useOpenEntry } from './entry-context.tsx';
import { fileAddress } from './use-entry-uploads.ts';

const asPhoto = (file: FileView): Photo => ({
  ...file,
  deviceTime: null,
  place: file.fresh ? '本次新增' : null,
  ocr: { status: 'none', progress: 0, message: null },
});

/** The attachments as files to look at, in the order of their places. */
export const viewedFiles = (registry: RegistryWeb, view: EntryView): readonly ViewedFile[] =>
  view.places.flatMap(({ part }) =>
    view.files
      .filter((file) => file.part === part && file.viewable)
      .map((file) => ({
        id: file.id,
        title: file.title,
        address: fileAddress(registry, view.id, file.id),
        mediaType: file.mediaType,
        fileName: file.fileName,
        facts: [
          { title: '上传', text: `${formatMomentExactly(file.uploadedAt)} ${file.operatorName}` },
          { title: '大小', text: formatBytes(file.sizeBytes) },
          { title: 'SM3', text: file.sm3 },
        ],
      })),
  );

/** The attachments, each in its named place. */
export const EntryFiles = () => {
  const { view, uploads, files } = useOpenEntry();
  const editable = view.sections.some((section) => section.editable);
  const { filled, required } = photoProgress(view.places, view.files);
  const places = editable
    ? view.places
    : view.places.filter(({ part, required: needed }) => needed || view.files.some((file) => file.part === part));
  return (
    <section className={matter.section} aria-labelledby="title-files">
      <div className={matter.sectionHead}>
        <h2 id="title-files">附件</h2>
        <span className={matter.quiet}>
          必传 {filled}/{required}
        </span>
      </div>
      <div className={matter.sectionBody}>
        <PhotoGrid places={places} photos={view.files.map(asPhoto)} uploads={uploads} act={files} editable={editable} />
      </div>
    </section>
  );
};

/** The attachments over the page, as large as the window allows. */
export const EntryViewer = () => {
  const { registry, view, lookedAt, look } = useOpenEntry();
  return (
    <Modal
      open={lookedAt !== null}
      onCancel={() => look(null)}
      footer={null}
      title="附件"
      width="min(1600px, 96vw)"
      centered
      destroyOnHidden
    >
      <div className={matter.viewer}>
        <FileViewer files={viewedFiles(registry, view)} openId={lookedAt} onOpen={look} focus={null} />
      </div>
    </Modal>
  );
};
