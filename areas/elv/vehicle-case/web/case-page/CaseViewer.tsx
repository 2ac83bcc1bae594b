import { Modal } from 'antd';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { useOpenCase } from './case-context.tsx';
import styles from './case-page.module.css';
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
      <div className={styles.viewer}>
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
