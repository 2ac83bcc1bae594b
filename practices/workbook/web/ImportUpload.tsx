import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import UploadOutlined from '@ant-design/icons/UploadOutlined';
import { Button } from 'antd';
import { useRef } from 'react';
import { formatNumber } from '#web-kit/format.ts';
import { ImportSheet } from './ImportSheet.tsx';
import styles from './import.module.css';

/** Where a filled template is chosen and sent; `way` says what will happen, while nothing has been sent yet. */
export const ImportUpload = ({
  again,
  way,
  templateUrl,
  mostRows,
  check,
}: {
  again: boolean;
  way: readonly string[];
  templateUrl: string;
  mostRows: number;
  check: { readonly isPending: boolean; readonly error: Error | null; mutate(file: File): void };
}) => {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <ImportSheet label="上传" title={again ? '改正后重新上传' : '上传填好的模板'} error={check.error}>
      {!again && (
        <ol className={styles.way}>
          {way.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
      )}
      <div className={styles.row}>
        <Button icon={<DownloadOutlined aria-hidden />} href={templateUrl}>
          下载模板
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          tabIndex={-1}
          aria-hidden
          accept=".xlsx"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) check.mutate(file);
            // The same file chosen again must be noticed again.
            target.value = '';
          }}
        />
        <Button
          type={again ? 'default' : 'primary'}
          icon={<UploadOutlined aria-hidden />}
          loading={check.isPending}
          onClick={() => chooser.current?.click()}
        >
          选择文件并预检
        </Button>
        <span className={styles.quiet}>.xlsx，至多 {formatNumber(mostRows)} 行</span>
      </div>
    </ImportSheet>
  );
};
