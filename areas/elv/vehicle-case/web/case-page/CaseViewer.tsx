import { Modal } from 'antd';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import matter from '#web-kit/matter.module.css';
import { useOpenCase } from './case-context.tsx';
import { viewedFiles } from './viewed-files.ts';

/** The photographs of the case over the page, as large as the window allows. */
export const CaseViewer = () => {
  const { view, looking } = useOpenCase();
  return (
    <Modal
      open={looking.photoId !== null}
      onCancel={looking.close}
      footer={null}
      title="案卷照片"
      width="min(1600px, 96vw)"
      centered
      destroyOnHidden
    >
      <div className={matter.viewer}>
        <FileViewer
          files={viewedFiles(view)}
          openId={looking.photoId}
          onOpen={(id) => looking.show(id)}
          focus={looking.focus}
        />
      </div>
    </Modal>
  );
};
