import styles from './tags.module.css';

/** What a solid tag warns of: the colour is the second sign, the words are the first. */
export type SolidTone = 'darkRed' | 'amber' | 'green' | 'slate' | 'brown' | 'red' | 'outline';

/** A mark that must not be overlooked. `reason` is shown on hover and read out. */
export const SolidTag = ({
  tone,
  title,
  reason,
  large = false,
}: {
  tone: SolidTone;
  title: string;
  reason?: string | undefined;
  large?: boolean;
}) => (
  <span className={`${styles.solid} ${styles[tone]} ${large ? styles.large : ''}`} title={reason}>
    {title}
  </span>
);
