/** One file on its way to a slot. `key` stays the same over retries, so that a file is never stored twice. */
export interface Upload {
  readonly key: string;
  readonly part: string;
  readonly fileName: string;
  /** `held`: left by an earlier visit; somebody must say that it is still wanted. */
  readonly state: 'waiting' | 'sending' | 'failed' | 'refused' | 'held';
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string | null;
}

/** What happens to uploads. */
export type UploadEvent =
  | {
      readonly is: 'added';
      readonly key: string;
      readonly part: string;
      readonly fileName: string;
      readonly objection: string | undefined;
    }
  | { readonly is: 'started' | 'done' | 'dropped' | 'again'; readonly key: string }
  /** The line is there again: what was lost with it waits for its turn once more. */
  | { readonly is: 'line-back' }
  | { readonly is: 'moved'; readonly key: string; readonly progress: number }
  | { readonly is: 'held'; readonly key: string; readonly message: string }
  /** `final`: the same file would be refused again. */
  | { readonly is: 'failed'; readonly key: string; readonly message: string; readonly final: boolean };

const changed = (list: readonly Upload[], key: string, change: Partial<Upload>): readonly Upload[] =>
  list.map((one) => (one.key === key ? { ...one, ...change } : one));

/** The uploads after an event. */
export const uploadsAfter = (list: readonly Upload[], event: UploadEvent): readonly Upload[] => {
  switch (event.is) {
    case 'added': {
      const { key, part, fileName, objection } = event;
      return [
        ...list,
        { key, part, fileName, state: objection ? 'refused' : 'waiting', progress: 0, message: objection ?? null },
      ];
    }
    case 'started':
      return changed(list, event.key, { state: 'sending', progress: 0, message: null });
    case 'moved':
      return changed(list, event.key, { progress: event.progress });
    case 'again':
      return changed(list, event.key, { state: 'waiting', message: null });
    case 'line-back':
      return list.map((one) => (one.state === 'failed' ? { ...one, state: 'waiting', message: null } : one));
    case 'held':
      return changed(list, event.key, { state: 'held', message: event.message });
    case 'failed':
      return changed(list, event.key, { state: event.final ? 'refused' : 'failed', message: event.message });
    case 'done':
    case 'dropped':
      return list.filter(({ key }) => key !== event.key);
  }
};

/** How many files are not at the server yet, and are on their way there. */
export const underWay = (list: readonly Upload[]): number =>
  list.filter(({ state }) => state !== 'refused' && state !== 'held').length;

/** How many files travel at once: enough to fill a line, few enough that each moves visibly. */
export const atOnce = 2;

/** The next file to send, if one may start. */
export const nextUpload = (list: readonly Upload[]): Upload | undefined =>
  list.filter(({ state }) => state === 'sending').length < atOnce
    ? list.find(({ state }) => state === 'waiting')
    : undefined;
