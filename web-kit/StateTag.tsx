import styles from './tags.module.css';

/** Whom a matter waits for, or how it ended. Source: state colours of the design specification. */
export type StateTone = 'ours' | 'outside' | 'returned' | 'refused' | 'done' | 'idle';

/** Where a matter rests now: words, colour and the shape of the dot. */
export const StateTag = ({ tone, title, large = false }: { tone: StateTone; title: string; large?: boolean }) => (
  <span className={`${styles.state} ${styles[tone]} ${large ? styles.large : ''}`}>{title}</span>
);
