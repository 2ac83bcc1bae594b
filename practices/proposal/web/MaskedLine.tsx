import { Button } from 'antd';
import { useState } from 'react';
import { RevealDialog } from '#web-kit/RevealDialog.tsx';
import styles from './proposals.module.css';

/** What a proposal is about in one line with a masked value, which whoever may decide can see plain for a reason. */
export const MaskedLine = ({
  title,
  about,
  masked,
  mayReveal,
  inWords,
  reveal,
}: {
  /** What the value is called. */
  title: string;
  /** The proposal in words, for those who hear the page. */
  about: string;
  masked: string | null;
  mayReveal: boolean;
  inWords: (value: string | null) => string;
  reveal: (reason: string) => Promise<{ readonly value: string | null }>;
}) => {
  const [asked, setAsked] = useState(false);
  const [plain, setPlain] = useState<string | null>(null);
  return (
    <span className={styles.about}>
      {inWords(plain ?? masked)}
      {mayReveal && plain === null && (
        <Button type="link" size="small" onClick={() => setAsked(true)} aria-label={`查看${title}明文：${about}`}>
          查看
        </Button>
      )}
      {asked && (
        <RevealDialog
          title={title}
          reveal={reveal}
          shown={(value) => {
            setPlain(value);
            setAsked(false);
          }}
          close={() => setAsked(false)}
        />
      )}
    </span>
  );
};
