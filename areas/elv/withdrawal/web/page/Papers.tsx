import { Modal } from 'antd';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { formatBytes, formatMomentExactly } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { PhotoGrid } from '#web-kit/PhotoGrid.tsx';
import { photoProgress } from '#web-kit/photo-slot.ts';
import { paperAddress } from './use-paper-uploads.ts';
import { useOpenWithdrawal } from './withdrawal-context.tsx';

const notRead = { status: 'none', progress: 0, message: null } as const;

/** The papers of the application, each in its named place. */
export const Papers = () => {
  const { view, uploads, papers } = useOpenWithdrawal();
  const { editable } = view.application;
  const { filled, required } = photoProgress(view.places, view.papers);
  const places = editable
    ? view.places
    : view.places.filter(({ part, required: needed }) => needed || view.papers.some((paper) => paper.part === part));
  if (places.length === 0) return null;
  return (
    <section className={matter.section} aria-labelledby="title-papers">
      <div className={matter.sectionHead}>
        <h2 id="title-papers">材料</h2>
        {required > 0 && (
          <span className={matter.quiet}>
            必传 {filled}/{required}
          </span>
        )}
      </div>
      <div className={matter.sectionBody}>
        <PhotoGrid
          places={places}
          photos={view.papers.map((paper) => ({ ...paper, deviceTime: null, place: null, ocr: notRead }))}
          uploads={uploads}
          act={papers}
          editable={editable}
        />
      </div>
    </section>
  );
};

/** The papers over the page, as large as the window allows. */
export const PaperViewer = () => {
  const { view, lookedAt, look } = useOpenWithdrawal();
  const files = view.papers
    .filter(({ viewable }) => viewable)
    .map((paper) => ({
      id: paper.id,
      title: paper.title,
      address: paperAddress(view.id, paper.id),
      mediaType: paper.mediaType,
      fileName: paper.fileName,
      facts: [
        { title: '上传', text: `${formatMomentExactly(paper.uploadedAt)} ${paper.operatorName}` },
        { title: '大小', text: formatBytes(paper.sizeBytes) },
        { title: 'SM3', text: paper.sm3 },
      ],
    }));
  return (
    <Modal
      open={lookedAt !== null}
      onCancel={() => look(null)}
      footer={null}
      title="材料"
      width="min(1600px, 96vw)"
      centered
      destroyOnHidden
    >
      <div className={matter.viewer}>
        <FileViewer files={files} openId={lookedAt} onOpen={look} focus={null} />
      </div>
    </Modal>
  );
};
