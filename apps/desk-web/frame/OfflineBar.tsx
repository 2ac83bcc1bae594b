import { useSyncExternalStore } from 'react';
import styles from './frame.module.css';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** Says that the line is lost while it is, and that the work goes on. */
export const OfflineBar = () => {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return online ? null : (
    <div role="status" className={styles.offline}>
      网络已断开，已填写的内容保留在本机；恢复后会自动继续。
    </div>
  );
};
