import { useState } from 'react';
import styles from './file-viewer.module.css';
import type { Focus } from './use-picture.ts';
import { type ViewedFile, ViewerPane } from './ViewerPane.tsx';

interface Props {
  readonly files: readonly ViewedFile[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** A place to bring into sight, for example where a compared field stands. */
  readonly focus: Focus | null;
}

const beside = (files: readonly ViewedFile[], id: string | undefined, by: 1 | -1): ViewedFile | undefined => {
  const at = files.findIndex((file) => file.id === id);
  return files[(at + by + files.length) % Math.max(1, files.length)];
};

const Thumbnail = ({ file, shown, open }: { file: ViewedFile; shown: boolean; open: () => void }) => (
  <button
    type="button"
    className={`${styles.thumb} ${shown ? styles.shown : ''}`}
    onClick={open}
    aria-pressed={shown}
    title={file.title}
  >
    {file.mediaType.startsWith('image/') ? (
      <img src={file.smallAddress ?? file.address} alt="" loading="lazy" decoding="async" />
    ) : (
      <span className={styles.paper}>PDF</span>
    )}
    <span className={styles.caption}>{file.title}</span>
  </button>
);

const Facts = ({ file }: { file: ViewedFile }) => (
  <dl className={styles.facts}>
    {file.facts.map(({ title, text }) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd title={text}>{text}</dd>
      </div>
    ))}
    <div>
      <dt>文件</dt>
      <dd>
        <a href={file.address} download={file.fileName}>
          下载
        </a>
      </dd>
    </div>
  </dl>
);

/** Looks at the files of a matter: zoom, turn, fit, left and right between files, two side by side, and what is known of each. */
export const FileViewer = ({ files, openId, onOpen, focus }: Props) => {
  const [second, setSecond] = useState<string | null>(null);
  const [active, setActive] = useState<'first' | 'second'>('first');
  const first = files.find(({ id }) => id === openId) ?? files[0];
  const other = second === null ? undefined : (files.find(({ id }) => id === second) ?? files[0]);
  const atSecond = active === 'second' && other !== undefined;
  const current = atSecond ? other : first;
  const open = (id: string): void => (atSecond ? setSecond(id) : onOpen(id));
  const stepFrom = (file: ViewedFile | undefined, show: (id: string) => void) => (by: 1 | -1) => {
    const next = beside(files, file?.id, by);
    if (next) show(next.id);
  };
  const split = (): void => {
    setSecond(other ? null : (beside(files, first?.id, 1)?.id ?? null));
    setActive(other ? 'first' : 'second');
  };
  return (
    <div className={styles.viewer}>
      <div className={styles.panes}>
        <ViewerPane
          file={first}
          focus={focus}
          active={!atSecond && other !== undefined}
          step={stepFrom(first, onOpen)}
          activate={() => setActive('first')}
        />
        {other && (
          <ViewerPane
            file={other}
            focus={null}
            active={atSecond}
            step={stepFrom(other, setSecond)}
            activate={() => setActive('second')}
          />
        )}
      </div>
      {current && <Facts file={current} />}
      <div className={styles.strip}>
        <button
          type="button"
          className={styles.split}
          onClick={split}
          disabled={files.length < 2}
          aria-pressed={other !== undefined}
        >
          {other ? '单张' : '并排'}
        </button>
        <div className={styles.thumbs}>
          {files.map((file) => (
            <Thumbnail key={file.id} file={file} shown={file.id === current?.id} open={() => open(file.id)} />
          ))}
        </div>
      </div>
    </div>
  );
};
