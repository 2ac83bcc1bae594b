import { App } from 'antd';
import { useEffect, useId, useReducer, useRef } from 'react';
import { failureOf } from './api.ts';
import { shelvedFiles, shelveFile, unshelveFile } from './file-shelf.ts';
import { formatMoment } from './format.ts';
import { newKey } from './new-key.ts';
import type { PhotoActions } from './photo-slot.ts';
import { useSession } from './session.tsx';
import { announceSessionEnd } from './session-end.ts';
import { objectionTo, uploadFile } from './upload.ts';
import { nextUpload, type Upload, type UploadEvent, underWay, uploadsAfter } from './upload-list.ts';
import { tellWaitingFiles } from './waiting-files.ts';

interface Chosen {
  readonly file: File;
  /** The file this one takes the place of. */
  readonly instead: string | undefined;
  /** Resolves when this machine keeps it, or will not: then the page warns whoever leaves. */
  readonly shelved: Promise<void>;
}

/** Where the files of a matter go and how they come. */
export interface FileDoor {
  /** The matter they belong to, by type and id. */
  readonly matter: string;
  /** Where a file is sent to, with everything but its key. */
  readonly target: (part: string, file: File) => string;
  /** Looks at the server's answer. Errors: throws when it is not what was agreed. */
  readonly accept: (answer: unknown) => unknown;
  readonly remove: (fileId: string) => Promise<unknown>;
  readonly address: (fileId: string) => string;
  /** Where a file is shown small; left out where it is shown as it is. */
  readonly smallAddress?: (fileId: string) => string;
  readonly open: (fileId: string) => void;
  /** Has a paper read again; left out where nothing is read. */
  readonly reread?: (fileId: string) => Promise<unknown>;
  /** Resolves when the page shows what stands now. */
  readonly refresh: () => Promise<void>;
}

/** Whether sending the same again cannot help. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 401 && status !== 429;

/** How long after a loss it is tried again where the browser noticed nothing, in ms: a line that is there and leads nowhere. */
const tryAgainMs = 15_000;

/** Goes on by itself when the line is back, says how many files wait, and keeps whoever closes the page from losing them unawares. */
const useLine = (uploads: readonly Upload[], tell: (event: UploadEvent) => void): void => {
  const page = useId();
  const waiting = underWay(uploads);
  const lost = uploads.some(({ state }) => state === 'failed');
  useEffect(() => {
    tellWaitingFiles(page, waiting);
    return () => tellWaitingFiles(page, 0);
  }, [page, waiting]);
  useEffect(() => {
    if (!lost) return;
    const back = (): void => tell({ is: 'line-back' });
    const timer = setInterval(() => navigator.onLine && back(), tryAgainMs);
    window.addEventListener('online', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', back);
    };
  }, [lost, tell]);
  useEffect(() => {
    if (waiting === 0) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [waiting]);
};

/** A browser that keeps nothing: what is not at the server is lost with the page, of which leaving it warns. */
const keptNowhere = (): undefined => undefined;

/** A page loaded again goes on by itself for so long; later somebody else may have sent a newer file, and the person is asked. */
const reloadMs = 5 * 60_000;

/** Whatever an earlier visit left on its way goes on, or waits for a word. */
const useShelf = (
  place: string,
  resume: (key: string, part: string, chosen: Chosen, held: string | undefined) => void,
): void => {
  const latest = useRef(resume);
  latest.current = resume;
  useEffect(() => {
    let left = false;
    const now = Date.now();
    shelvedFiles(place).then((files) => {
      for (const { key, part, file, instead, at } of left ? [] : files) {
        const held = `${formatMoment(new Date(at).toISOString())} 选择后没有传完，仍要上传请点“重试”`;
        const chosen = { file, instead, shelved: Promise.resolve() };
        latest.current(key, part, chosen, now - at > reloadMs ? held : undefined);
      }
    }, keptNowhere);
    return () => {
      left = true;
    };
  }, [place]);
};

/** The files of a matter: those on their way and everything the grid can do. Each file keeps its key, so a retry never doubles it; what a lost line or a reload kept back goes on by itself. */
export const useFileUploads = (door: FileDoor): { readonly uploads: readonly Upload[]; readonly act: PhotoActions } => {
  const { message } = App.useApp();
  const place = `${useSession().id}.${door.matter}`;
  const [uploads, tell] = useReducer(uploadsAfter, []);
  const chosen = useRef(new Map<string, Chosen>());
  const unshelve = (key: string): void => {
    void chosen.current
      .get(key)
      ?.shelved.then(() => unshelveFile(key))
      .catch(keptNowhere);
  };
  const forget = (key: string): void => {
    unshelve(key);
    chosen.current.delete(key);
  };
  const send = async ({ key, part }: Upload, { file, instead }: Chosen): Promise<void> => {
    tell({ is: 'started', key });
    try {
      const target = door.target(part, file);
      const address = `${target}${target.includes('?') ? '&' : '?'}key=${key}`;
      door.accept(await uploadFile(address, file, (progress) => tell({ is: 'moved', key, progress })));
      if (instead !== undefined) await door.remove(instead).catch(() => undefined);
      await door.refresh();
      forget(key);
      tell({ is: 'done', key });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      if (isFinal(failure.status)) unshelve(key);
      tell({ is: 'failed', key, message: failure.message, final: isFinal(failure.status) });
    }
  };
  const take = (key: string, part: string, one: Chosen, held?: string): void => {
    if (chosen.current.has(key)) return;
    chosen.current.set(key, one);
    tell({ is: 'added', key, part, fileName: one.file.name, objection: objectionTo(one.file) });
    if (held !== undefined) tell({ is: 'held', key, message: held });
  };
  useShelf(place, take);
  const latest = useRef(send);
  latest.current = send;
  useLine(uploads, tell);
  const next = nextUpload(uploads);
  useEffect(() => {
    const held = next && chosen.current.get(next.key);
    if (next && held) void latest.current(next, held);
  }, [next]);
  const carryOut = (work: Promise<unknown> | undefined): void => {
    void work?.then(door.refresh, (thrown) => message.error(failureOf(thrown).message));
  };
  return {
    uploads,
    act: {
      address: door.address,
      smallAddress: door.smallAddress ?? door.address,
      open: door.open,
      add: (part, files, instead) => {
        for (const file of files) {
          const key = newKey();
          const shelved = objectionTo(file)
            ? Promise.resolve()
            : shelveFile({ key, place, part, file, instead, at: Date.now() }).catch(keptNowhere);
          take(key, part, { file, instead, shelved });
        }
      },
      remove: ({ id }) => carryOut(door.remove(id)),
      reread: (fileId) => carryOut(door.reread?.(fileId)),
      retry: ({ key }) => tell({ is: 'again', key }),
      drop: ({ key }) => {
        forget(key);
        tell({ is: 'dropped', key });
      },
    },
  };
};
