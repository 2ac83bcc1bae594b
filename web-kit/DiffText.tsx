import { piecesOf } from './diff-pieces.ts';
import styles from './diff-text.module.css';

/** A value whose differing characters are marked; underlined as well as coloured, and read out as different. */
export const DiffText = ({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) => {
  let at = 0;
  return (
    <span className={styles.text}>
      {piecesOf(text, ranges).map(({ text: piece, differs }) => {
        const key = at;
        at += piece.length;
        return differs ? (
          <mark key={key} className={styles.differs}>
            {piece}
          </mark>
        ) : (
          <span key={key}>{piece}</span>
        );
      })}
    </span>
  );
};
