import { type ReactNode, useRef } from 'react';
import styles from './yard.module.css';

/** What a photograph is meant for: a place, and the photograph there that it takes the place of. */
export interface Aim {
  readonly part: string;
  readonly instead: string | undefined;
}

/**
 * The phone's camera: every phone has it without asking for leave. What the photograph is meant for is settled at the touch, and the
 * input stays where it is: while the person looks through the camera the screen behind may change, and nothing may be lost or land
 * elsewhere by that.
 */
export const useCamera = (
  onShot: (aim: Aim, file: File) => void,
): { readonly camera: ReactNode; readonly open: (aim: Aim) => void } => {
  const input = useRef<HTMLInputElement>(null);
  const aimed = useRef<Aim>(undefined);
  const camera = (
    <input
      ref={input}
      className={styles.camera}
      type="file"
      accept="image/*"
      capture="environment"
      aria-hidden
      tabIndex={-1}
      onChange={(event) => {
        const [file] = event.target.files ?? [];
        if (file && aimed.current) onShot(aimed.current, file);
        // The same picture may be taken again.
        event.target.value = '';
      }}
    />
  );
  const open = (aim: Aim): void => {
    aimed.current = aim;
    input.current?.click();
  };
  return { camera, open };
};
