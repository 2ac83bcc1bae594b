import CheckOutlined from '@ant-design/icons/CheckOutlined';
import CopyOutlined from '@ant-design/icons/CopyOutlined';
import { useState } from 'react';
import styles from './text.module.css';
import { vinGroups } from './vin-groups.ts';

const CopyButton = ({ value }: { value: string }) => {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied('yes');
    } catch {
      // Browsers refuse the clipboard on plain HTTP; the person is told and can select the text.
      setCopied('refused');
    }
    setTimeout(() => setCopied('no'), 1_500);
  };
  const label = { no: '复制车辆识别代号', yes: '已复制', refused: '浏览器不允许复制，请选中后复制' }[copied];
  return (
    <button
      type="button"
      className={`${styles.copy} ${copied === 'yes' ? styles.copied : ''}`}
      title={label}
      aria-label={label}
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void copy();
      }}
    >
      {copied === 'yes' ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
    </button>
  );
};

/** A VIN in tabular letters grouped 3-6-8; selecting or copying it gives the seventeen letters without gaps. `quiet` shows the copy button on hover. */
export const VinText = ({
  vin,
  copyable = true,
  quiet = false,
}: {
  vin: string | null;
  copyable?: boolean;
  quiet?: boolean;
}) =>
  vin === null || vin === '' ? (
    <span className={styles.second}>—</span>
  ) : (
    <span className={`${styles.vin} ${quiet ? styles.quiet : ''}`}>
      <span>
        {vinGroups(vin).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the three places of a VIN are fixed, position is the identity of a group
          <span className={styles.group} key={index}>
            {group}
          </span>
        ))}
      </span>
      {copyable && <CopyButton value={vin} />}
    </span>
  );
