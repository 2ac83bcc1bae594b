import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react';
import styles from './photo-grid.module.css';
import { acceptedKinds } from './upload.ts';

const filesOf = (list: FileList | null | undefined): readonly File[] => (list ? [...list] : []);

/** Opens the machine's file chooser or camera and hands over what was taken. */
const usePicker = (many: boolean, take: (files: readonly File[]) => void) => {
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const input = (ref: typeof chooser, shot: boolean): ReactNode => (
    <input
      ref={ref}
      type="file"
      hidden
      tabIndex={-1}
      aria-hidden
      multiple={many && !shot}
      accept={shot ? 'image/*' : acceptedKinds}
      {...(shot ? { capture: 'environment' as const } : {})}
      onChange={(event) => {
        take(filesOf(event.target.files));
        // The same file chosen again must be noticed again.
        event.target.value = '';
      }}
    />
  );
  return {
    inputs: (
      <>
        {input(chooser, false)}
        {input(camera, true)}
      </>
    ),
    choose: () => chooser.current?.click(),
    shoot: () => camera.current?.click(),
  };
};

/** A place for files: choose, drop, paste or photograph. `small` where one is there already. */
export const FileDrop = ({
  label,
  many,
  small = false,
  take,
  children,
}: {
  label: string;
  many: boolean;
  small?: boolean;
  take: (files: readonly File[]) => void;
  children: ReactNode;
}) => {
  const [over, setOver] = useState(false);
  const picker = usePicker(many, (files) => {
    if (files.length > 0) take(files);
  });
  const accept = (event: DragEvent | ClipboardEvent, list: FileList | null | undefined): void => {
    const files = filesOf(list);
    setOver(false);
    if (files.length === 0) return;
    event.preventDefault();
    take(many ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn as a drop target in older Chromium
    <div
      role="group"
      aria-label={label}
      className={`${styles.drop} ${small ? styles.small : ''} ${over ? styles.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        accept(event, event.dataTransfer.files);
      }}
      onPaste={(event) => accept(event, event.clipboardData.files)}
    >
      {picker.inputs}
      <button type="button" className={styles.choose} onClick={picker.choose}>
        {children}
      </button>
      <button type="button" className={styles.shoot} onClick={picker.shoot}>
        拍照
      </button>
    </div>
  );
};

/** A small button that opens the file chooser. */
export const FileButton = ({
  label,
  take,
  children,
}: {
  label: string;
  take: (files: readonly File[]) => void;
  children: ReactNode;
}) => {
  const picker = usePicker(false, (files) => {
    if (files.length > 0) take(files);
  });
  return (
    <>
      {picker.inputs}
      <button type="button" className={styles.act} aria-label={label} onClick={picker.choose}>
        {children}
      </button>
    </>
  );
};
