import ExpandOutlined from '@ant-design/icons/ExpandOutlined';
import LeftOutlined from '@ant-design/icons/LeftOutlined';
import RightOutlined from '@ant-design/icons/RightOutlined';
import RotateLeftOutlined from '@ant-design/icons/RotateLeftOutlined';
import RotateRightOutlined from '@ant-design/icons/RotateRightOutlined';
import ZoomInOutlined from '@ant-design/icons/ZoomInOutlined';
import ZoomOutOutlined from '@ant-design/icons/ZoomOutOutlined';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import styles from './file-viewer.module.css';
import { type Focus, type Picture, usePicture } from './use-picture.ts';
import { placeOf } from './zoom.ts';

/** One file to look at, with what is known of it. */
export interface ViewedFile {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  /** Where it is shown small; its own address where left out. */
  readonly smallAddress?: string;
  readonly mediaType: string;
  readonly fileName: string;
  readonly facts: readonly { readonly title: string; readonly text: string }[];
}

const Tool = ({ label, act, children }: { label: string; act: () => void; children: ReactNode }) => (
  <button type="button" className={styles.tool} title={label} aria-label={label} onClick={act}>
    {children}
  </button>
);

type Step = ((by: 1 | -1) => void) | null;

const Tools = ({ it, step }: { it: Picture; step: Step }) => (
  <div className={styles.tools}>
    {step && (
      <>
        <Tool label="上一张（←）" act={() => step(-1)}>
          <LeftOutlined aria-hidden />
        </Tool>
        <Tool label="下一张（→）" act={() => step(1)}>
          <RightOutlined aria-hidden />
        </Tool>
        <span className={styles.gap} />
      </>
    )}
    <Tool label="缩小（-）" act={() => it.zoom(1 / 1.4)}>
      <ZoomOutOutlined aria-hidden />
    </Tool>
    <Tool label="放大（+）" act={() => it.zoom(1.4)}>
      <ZoomInOutlined aria-hidden />
    </Tool>
    <Tool label="适合窗口（0）" act={it.fit}>
      <ExpandOutlined aria-hidden />
    </Tool>
    <Tool label="向左转（[）" act={() => it.turn(-90)}>
      <RotateLeftOutlined aria-hidden />
    </Tool>
    <Tool label="向右转（]）" act={() => it.turn(90)}>
      <RotateRightOutlined aria-hidden />
    </Tool>
  </div>
);

const Image = ({ file, it, focus }: { file: ViewedFile; it: Picture; focus: Focus | null }) => {
  const [broken, setBroken] = useState('');
  const { lie, picture, frame } = it;
  const place = lie && picture && focus?.fileId === file.id ? placeOf(focus.box, lie, picture, frame) : null;
  if (broken === file.id) return <p className={styles.message}>照片没有显示出来，请检查网络后重新打开，或下载查看</p>;
  return (
    <>
      <img
        src={file.address}
        alt={file.title}
        draggable={false}
        className={styles.picture}
        onLoad={({ currentTarget }) =>
          it.loaded({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
        }
        onError={() => setBroken(file.id)}
        style={
          lie && picture
            ? {
                width: picture.width,
                height: picture.height,
                transform: `translate(-50%, -50%) translate(${lie.x}px, ${lie.y}px) rotate(${lie.turn}deg) scale(${lie.scale})`,
              }
            : { visibility: 'hidden' }
        }
      />
      {place && <span className={styles.place} style={place} aria-hidden />}
    </>
  );
};

const shortcuts = (it: Picture, step: Step): Readonly<Record<string, () => void>> => ({
  ...(step ? { ArrowLeft: () => step(-1), ArrowRight: () => step(1) } : {}),
  '+': () => it.zoom(1.4),
  '=': () => it.zoom(1.4),
  '-': () => it.zoom(1 / 1.4),
  '0': it.fit,
  '[': () => it.turn(-90),
  ']': () => it.turn(90),
});

const Stage = ({ file, it, focus }: { file: ViewedFile | undefined; it: Picture; focus: Focus | null }) => {
  if (!file) return <p className={styles.message}>还没有照片</p>;
  if (file.mediaType === 'application/pdf')
    return <iframe className={styles.document} src={file.address} title={file.title} />;
  return <Image key={file.id} file={file} it={it} focus={focus} />;
};

/** One frame of the viewer: the picture with its tools, or a PDF in the browser's own reader. */
export const ViewerPane = ({
  file,
  focus,
  active,
  step,
  activate,
}: {
  file: ViewedFile | undefined;
  focus: Focus | null;
  active: boolean;
  /** To the file before and after; null where there are no others. */
  step: Step;
  activate: () => void;
}) => {
  const it = usePicture(file?.id, focus);
  const keys = shortcuts(it, step);
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <section
      className={`${styles.pane} ${active ? styles.active : ''}`}
      aria-label={file?.title ?? '照片'}
      onFocus={activate}
    >
      <div className={styles.head}>
        <strong className={styles.title}>{file?.title ?? ''}</strong>
        <Tools it={it} step={step} />
      </div>
      <div
        className={styles.frame}
        ref={it.frameRef}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the frame takes the viewer's keys, as a canvas would
        tabIndex={0}
        role="application"
        aria-label={step ? '照片，可用方向键换张，加减号缩放' : '照片，可用加减号缩放'}
        onKeyDown={onKeyDown}
        onPointerDownCapture={activate}
        {...it.drag}
      >
        <Stage file={file} it={it} focus={focus} />
      </div>
    </section>
  );
};
