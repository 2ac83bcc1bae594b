import type { ReactNode } from 'react';
import styles from './phone.module.css';

const looks = { returned: styles.toldReturned, danger: styles.toldDanger } as const;

/** Something the person must know: what came back or is waited for, or what went wrong. `inLine` where it stands within a button or link. */
export const Told = ({
  tone,
  inLine = false,
  alert = false,
  children,
}: {
  tone: 'returned' | 'danger';
  inLine?: boolean;
  alert?: boolean;
  children: ReactNode;
}) => {
  const Tag = inLine ? 'span' : 'div';
  return (
    <Tag {...(alert ? { role: 'alert' } : {})} className={`${styles.told} ${looks[tone]}`}>
      {children}
    </Tag>
  );
};
