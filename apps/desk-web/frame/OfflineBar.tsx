import { useSyncExternalStore } from 'react';
import { onWaitingFiles, waitingFiles } from '#web-kit/waiting-files.ts';
import styles from './frame.module.css';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** Says that the line is lost while it is, how many files wait for it, and that the work goes on. */
export const OfflineBar = () => {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const waiting = useSyncExternalStore(onWaitingFiles, waitingFiles);
  return online ? null : (
    <div role="status" className={styles.offline}>
      网络已断开，已填写的内容保留在本机；
      {waiting > 0 && <>还有 {waiting} 个文件等待上传，请不要关闭页面；</>}
      恢复后会自动继续。
    </div>
  );
};
