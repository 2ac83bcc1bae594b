import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './yard.module.css';

/** The phone's camera, one tap away; every phone has it without asking for leave. */
export const Shutter = ({
  children,
  tone,
  onShot,
}: {
  readonly children: ReactNode;
  readonly tone: 'primary' | 'plain';
  readonly onShot: (file: File) => void;
}) => {
  const id = useId();
  return (
    <span className={styles.shutterBox}>
      <input
        id={id}
        className={styles.shutterInput}
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onShot(file);
          // The same picture may be taken again.
          event.target.value = '';
        }}
      />
      <label htmlFor={id} className={`${styles.shutter} ${tone === 'primary' ? styles.shutterPrimary : ''}`}>
        <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden fill="none" stroke="currentColor" strokeWidth="2">
          <path d="M3 8h4l2-3h6l2 3h4v11H3z" strokeLinejoin="round" />
          <circle cx="12" cy="13" r="3.6" />
        </svg>
        {children}
      </label>
    </span>
  );
};
