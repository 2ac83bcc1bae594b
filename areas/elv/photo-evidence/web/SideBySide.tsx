import { Modal } from 'antd';
import { type ViewedFile, ViewerPane } from '#web-kit/ViewerPane.tsx';
import styles from './photo-evidence.module.css';

/** Neither half is the one that is acted on. */
const alike = (): void => undefined;

const Half = ({ file, instead }: { file: ViewedFile | null; instead: string }) => (
  <div className={styles.half}>
    {file ? (
      <ViewerPane file={file} focus={null} active={false} step={null} activate={alike} />
    ) : (
      <p className={styles.hidden}>{instead}</p>
    )}
    <dl className={styles.facts}>
      {file?.facts.map(({ title, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </div>
);

/** One picture, or two beside each other, as large as the window allows. `instead` stands where a picture may not be seen. */
export const SideBySide = ({
  title,
  files,
  instead = '',
  close,
}: {
  title: string;
  files: readonly (ViewedFile | null)[];
  instead?: string;
  close: () => void;
}) => (
  <Modal open title={title} onCancel={close} footer={null} width="min(1500px, 96vw)" centered destroyOnHidden>
    <div className={styles.halves}>
      {files.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: left and right are what they are
        <Half key={at} file={file} instead={instead} />
      ))}
    </div>
  </Modal>
);
