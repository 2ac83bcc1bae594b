import { Button } from 'antd';
import { AbilityButton } from './AbilityPanel.tsx';
import { useOpenCase } from './case-context.tsx';
import styles from './review.module.css';
import { abilitiesInOrder, abilityFor } from './reviewing.ts';
import { useReviewKeys } from './use-review-keys.ts';

const Standing = () => {
  const { view, jump } = useOpenCase();
  const pass = abilityFor(view.abilities, 'pass');
  if (!pass || pass.ready) return null;
  return (
    <ul className={styles.standing}>
      {pass.missing.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <button type="button" onClick={() => jump(path)}>
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
};

/** The verdict: pass, return, end, and on to the next; each with its key. What stands in the way of passing is said above. */
export const ReviewActions = () => {
  const { view } = useOpenCase();
  const acts = useReviewKeys();
  const abilities = abilitiesInOrder(view.abilities);
  const keyFor = (action: string): { shortcut: string } | Record<string, never> => {
    if (action === abilityFor(abilities, 'pass')?.action) return { shortcut: 'A' };
    return action === abilityFor(abilities, 'return')?.action ? { shortcut: 'R' } : {};
  };
  return (
    <section className={styles.verdict} aria-label="审核结论">
      <Standing />
      <div className={styles.buttons}>
        {abilities.map((ability) => (
          <AbilityButton key={ability.action} ability={ability} block={false} compact {...keyFor(ability.action)} />
        ))}
        <Button className={styles.next ?? ''} onClick={acts.next}>
          下一件<kbd className={styles.key}>N</kbd>
        </Button>
      </div>
    </section>
  );
};
