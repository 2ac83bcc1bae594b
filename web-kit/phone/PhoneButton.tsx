import type { ReactNode } from 'react';
import styles from './phone.module.css';

/** A button for a thumb in a glove: 52 px at least. */
export const PhoneButton = ({
  children,
  onPress,
  tone = 'plain',
  type = 'button',
  busy = false,
  disabled = false,
}: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly tone?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly disabled?: boolean;
}) => (
  <button
    type={type}
    className={`${styles.button} ${styles[tone]}`}
    disabled={disabled || busy}
    aria-busy={busy}
    onClick={onPress}
  >
    {children}
  </button>
);
