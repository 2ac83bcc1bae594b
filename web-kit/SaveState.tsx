import { formatClock } from './format.ts';
import styles from './save-state.module.css';

/** How the saving stands. */
export type Saving = 'quiet' | 'typing' | 'saving' | 'offline' | 'signed-out' | 'attention';

const look: Readonly<Record<Saving, string>> = {
  quiet: 'good',
  typing: 'busy',
  saving: 'busy',
  offline: 'away',
  'signed-out': 'away',
  attention: 'wrong',
};

const wordsOf = (status: Saving, savedAt: Date | null, mirrored: boolean): string => {
  if (status === 'attention') return '有内容未能保存，请处理标红的项目';
  if (status === 'offline')
    return mirrored ? '未连接，内容已存本机，恢复后自动保存' : '未连接，且本机不能暂存，请勿关闭页面';
  if (status === 'signed-out') return '登录已过期，内容已存本机，重新登录后自动保存';
  if (status === 'saving') return '正在保存';
  if (status === 'typing') return '有改动，稍后自动保存';
  return savedAt ? `已保存 ${formatClock(savedAt.toISOString())}` : '填写的内容会自动保存';
};

/** The state of the automatic saving in words, announced to those who listen. */
export const SaveState = ({
  status,
  savedAt,
  mirrored,
}: {
  status: Saving;
  savedAt: Date | null;
  mirrored: boolean;
}) => (
  <span role="status" className={`${styles.state} ${styles[look[status]]}`}>
    {wordsOf(status, savedAt, mirrored)}
  </span>
);
