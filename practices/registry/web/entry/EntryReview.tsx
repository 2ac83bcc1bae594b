import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { isTyping } from '#web-kit/keys.ts';
import { AbilityButton, Missing } from './EntryAbilities.tsx';
import { EntryBanners } from './EntryBanners.tsx';
import { EntryComparison } from './EntryComparison.tsx';
import { viewedFiles } from './EntryFiles.tsx';
import { EntryHeader } from './EntryHeader.tsx';
import { EntrySections } from './EntrySections.tsx';
import { EntryTimeline } from './EntryTimeline.tsx';
import { useOpenEntry } from './entry-context.tsx';
import styles from './entry-review.module.css';
import { inOrder } from './entry-words.ts';
import { RegisterPanel } from './RegisterPanel.tsx';

const shortcuts = { primary: 'A', return: 'R' } as const;
const shortcutOf = (tone: string): string | undefined =>
  tone === 'primary' || tone === 'return' ? shortcuts[tone] : undefined;

/** A passes, R returns; silent while one types or a dialog is open. */
const useReviewKeys = (): void => {
  const { view, steps } = useOpenEntry();
  const latest = useRef({ view, steps });
  latest.current = { view, steps };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const now = latest.current;
      const modified = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
      if (modified || now.steps.asked || isTyping(event.target)) return;
      const wanted = event.key.toUpperCase();
      const ability = now.view.abilities.find(({ tone, ready }) => ready && shortcutOf(tone) === wanted);
      if (!ability) return;
      event.preventDefault();
      now.steps.begin(ability);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
};

const Verdict = () => {
  const { registry, view } = useOpenEntry();
  const abilities = inOrder(view.abilities).filter(({ action }) => !registry.flow.beside.includes(action));
  const stuck = abilities.find(({ ready, tone }) => !ready && tone === 'primary');
  return (
    <section className={styles.verdictBar} aria-label="审核">
      {stuck && (
        <div className={styles.stuck}>
          <Missing ability={stuck} />
        </div>
      )}
      <div className={styles.buttons}>
        {abilities.map((ability) => (
          <AbilityButton key={ability.action} ability={ability} shortcut={shortcutOf(ability.tone)} />
        ))}
      </div>
    </section>
  );
};

/** The review page: the attachments to the left, what they are held against to the right, the verdict below it. Source: tender R49 (初审、复审). */
export const EntryReview = ({ showWhole }: { showWhole: () => void }) => {
  const { registry, view } = useOpenEntry();
  const files = viewedFiles(registry, view);
  const { besideRegister: BesideRegister } = registry.extras;
  const [openId, setOpenId] = useState<string | null>(null);
  useReviewKeys();
  return (
    <div className={styles.review}>
      <EntryHeader>
        <Button onClick={showWhole}>登记信息全貌</Button>
      </EntryHeader>
      <div className={styles.halves}>
        <div className={styles.left}>
          {files.length === 0 ? (
            <p className={styles.noFiles}>{registry.flow.words.noFiles}</p>
          ) : (
            <FileViewer files={files} openId={openId ?? files[0]?.id ?? null} onOpen={setOpenId} focus={null} />
          )}
        </div>
        <div className={styles.right}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section className={styles.scroll} tabIndex={0} aria-label="核对内容">
            <EntryBanners />
            <RegisterPanel />
            {BesideRegister && <BesideRegister view={view} />}
            <EntryComparison />
            <EntrySections />
            <EntryTimeline />
          </section>
          <Verdict />
        </div>
      </div>
    </div>
  );
};
