import { createContext, use } from 'react';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Autosave, SaveView } from '#web-kit/autosave-loop.ts';
import type { PhotoActions } from '#web-kit/photo-slot.ts';
import type { Upload } from '#web-kit/upload-list.ts';
import type { Focus } from '#web-kit/use-picture.ts';
import type { Steps } from '#web-kit/use-steps.ts';
import type { Box } from '#web-kit/zoom.ts';
import type { Ability, CaseView, SectionId } from '../../model/vehicle-case.views.ts';

/** Which photograph is looked at, and which place in it. */
export interface Looking {
  readonly photoId: string | null;
  readonly focus: Focus | null;
  /** Brings a photograph before the eyes, and a place in it if given. */
  readonly show: (photoId: string, box?: Box | null) => void;
  readonly close: () => void;
}

/** An open case with everything its page can do. */
export interface OpenCase {
  readonly view: CaseView;
  readonly saver: Autosave;
  readonly save: SaveView;
  readonly steps: Steps<Ability>;
  readonly uploads: readonly Upload[];
  readonly photos: PhotoActions;
  readonly looking: Looking;
  /** Values of each section when the page was opened. */
  readonly opened: Readonly<Partial<Record<SectionId, AnyDraft>>>;
  /** Paths of fields the person has left. */
  readonly left: ReadonlySet<string>;
  readonly leave: (path: string) => void;
  /** The person has tried to hand in: what is missing is shown at the fields too. */
  readonly tried: boolean;
  readonly tryNow: () => void;
  readonly isOpen: (section: SectionId) => boolean;
  readonly toggle: (section: SectionId) => void;
  /** Goes to the place a problem's path names, opening its section first. */
  readonly jump: (path: string) => void;
}

const CaseContext = createContext<OpenCase | null>(null);

/** Makes an open case known to every part of its page. */
export const CaseProvider = CaseContext.Provider;

/** The open case. Errors: throws outside {@link CaseProvider}, which is a defect of the page. */
export const useOpenCase = (): OpenCase => {
  const open = use(CaseContext);
  if (!open) throw new Error('useOpenCase outside CaseProvider');
  return open;
};
