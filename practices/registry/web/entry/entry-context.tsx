import { createContext, use } from 'react';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Autosave, SaveView } from '#web-kit/autosave-loop.ts';
import type { PhotoActions } from '#web-kit/photo-slot.ts';
import type { Upload } from '#web-kit/upload-list.ts';
import type { Steps } from '#web-kit/use-steps.ts';
import type { EntryAbility, EntryView } from '../../model/registry.views.ts';
import type { RegistryWeb } from '../registry-web.ts';

/** An open entry with everything its page can do. */
export interface OpenEntry {
  readonly registry: RegistryWeb;
  readonly view: EntryView;
  readonly saver: Autosave;
  readonly save: SaveView;
  readonly steps: Steps<EntryAbility>;
  readonly uploads: readonly Upload[];
  readonly files: PhotoActions;
  /** The attachment that is looked at; null while none is. */
  readonly lookedAt: string | null;
  readonly look: (fileId: string | null) => void;
  /** Values of each section when the page was opened. */
  readonly opened: Readonly<Record<string, AnyDraft>>;
  /** Paths of fields the person has left. */
  readonly left: ReadonlySet<string>;
  readonly leave: (path: string) => void;
  /** The person has tried to hand in: what is missing is shown at the fields too. */
  readonly tried: boolean;
  readonly tryNow: () => void;
}

const EntryContext = createContext<OpenEntry | null>(null);

/** Makes an open entry known to every part of its page. */
export const EntryProvider = EntryContext.Provider;

/** The open entry. Errors: throws outside {@link EntryProvider}, which is a defect of the page. */
export const useOpenEntry = (): OpenEntry => {
  const open = use(EntryContext);
  if (!open) throw new Error('useOpenEntry outside EntryProvider');
  return open;
};
