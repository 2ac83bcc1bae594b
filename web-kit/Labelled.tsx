import { type ReactNode, useId } from 'react';
import styles from './labelled.module.css';

/** A field with its name above it and what is wrong with it below. */
export const Labelled = ({
  label,
  fault,
  note,
  children,
}: {
  label: string;
  fault?: string | undefined;
  note?: ReactNode;
  /** Draws the field under this id; `described` goes onto it as it is. */
  children: (id: string, described: { 'aria-describedby'?: string; status?: 'error' }) => ReactNode;
}) => {
  const id = useId();
  const saysId = `${id}-says`;
  const described = {
    ...(fault || note ? { 'aria-describedby': saysId } : {}),
    ...(fault ? { status: 'error' as const } : {}),
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, described)}
      {(fault || note) && (
        <div id={saysId}>
          {fault && <p className={styles.fault}>{fault}</p>}
          {note && <p className={styles.note}>{note}</p>}
        </div>
      )}
    </div>
  );
};

/** What was refused, read out when it appears. */
export const Refusal = ({ children }: { children: ReactNode }) => (
  <p role="alert" className={styles.refusal}>
    {children}
  </p>
);
