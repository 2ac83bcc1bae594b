import { createContext, use } from 'react';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Autosave, SaveView } from '#web-kit/autosave-loop.ts';
import type { PhotoActions } from '#web-kit/photo-slot.ts';
import type { Upload } from '#web-kit/upload-list.ts';
import type { Steps } from '#web-kit/use-steps.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import type { Ability } from './use-withdrawal-steps.ts';

/** An open withdrawal with everything its page can do. */
export interface OpenWithdrawal {
  readonly view: WithdrawalView;
  readonly saver: Autosave;
  readonly save: SaveView;
  readonly steps: Steps<Ability>;
  readonly uploads: readonly Upload[];
  readonly papers: PhotoActions;
  /** The paper that is looked at; null while none is. */
  readonly lookedAt: string | null;
  readonly look: (paperId: string | null) => void;
  /** The application's values when the page was opened. */
  readonly opened: AnyDraft;
  /** Paths of fields the person has left. */
  readonly left: ReadonlySet<string>;
  readonly leave: (path: string) => void;
  /** The person has tried to hand in: what is missing is shown at the fields too. */
  readonly tried: boolean;
  readonly tryNow: () => void;
}

const WithdrawalContext = createContext<OpenWithdrawal | null>(null);

/** Makes an open withdrawal known to every part of its page. */
export const WithdrawalProvider = WithdrawalContext.Provider;

/** The open withdrawal. Errors: throws outside {@link WithdrawalProvider}, which is a defect of the page. */
export const useOpenWithdrawal = (): OpenWithdrawal => {
  const open = use(WithdrawalContext);
  if (!open) throw new Error('useOpenWithdrawal outside WithdrawalProvider');
  return open;
};
