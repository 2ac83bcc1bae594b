import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useReducer, useRef } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import type { PhotoActions } from '#web-kit/photo-slot.ts';
import { announceSessionEnd } from '#web-kit/session-end.ts';
import { objectionTo, uploadFile } from '#web-kit/upload.ts';
import { nextUpload, type Upload, uploadsAfter } from '#web-kit/upload-list.ts';
import { withdrawalContract } from '../../model/withdrawal.contract.ts';
import { paperView } from '../../model/withdrawal.views.ts';
import { withdrawalApi, withdrawalQuery } from '../withdrawal-api.ts';

/** The address of a paper's content. */
export const paperAddress = (id: string, paperId: string): string =>
  addressOf(withdrawalContract.paperContent, { id, paperId }).url;

interface Chosen {
  readonly file: File;
  /** The paper this one takes the place of. */
  readonly instead: string | undefined;
}

/** The papers of a withdrawal: files on their way and everything the grid can do. Each file keeps its key, so a retry never doubles it. */
export const usePaperUploads = (
  id: string,
  open: (paperId: string) => void,
): { readonly uploads: readonly Upload[]; readonly act: PhotoActions } => {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [uploads, tell] = useReducer(uploadsAfter, []);
  const chosen = useRef(new Map<string, Chosen>());
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: withdrawalQuery(id).queryKey });
  const send = async ({ key, part }: Upload, { file, instead }: Chosen): Promise<void> => {
    tell({ is: 'started', key });
    try {
      const { url } = addressOf(withdrawalContract.addPaper, { id, part });
      const moved = (progress: number): void => tell({ is: 'moved', key, progress });
      paperView.parse(await uploadFile(`${url}?key=${key}`, file, moved));
      if (instead !== undefined) await withdrawalApi.removePaper({ id, paperId: instead }).catch(() => undefined);
      await refresh();
      chosen.current.delete(key);
      tell({ is: 'done', key });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      const final = failure.status >= 400 && failure.status < 500 && failure.status !== 401 && failure.status !== 429;
      tell({ is: 'failed', key, message: failure.message, final });
    }
  };
  const latest = useRef(send);
  latest.current = send;
  const next = nextUpload(uploads);
  useEffect(() => {
    const held = next && chosen.current.get(next.key);
    if (next && held) void latest.current(next, held);
  }, [next]);
  return {
    uploads,
    act: {
      address: (paperId) => paperAddress(id, paperId),
      open,
      add: (part, files, instead) => {
        for (const file of files) {
          const key = newKey();
          chosen.current.set(key, { file, instead });
          tell({ is: 'added', key, part, fileName: file.name, objection: objectionTo(file) });
        }
      },
      remove: ({ id: paperId }) =>
        void withdrawalApi
          .removePaper({ id, paperId })
          .then(refresh, (thrown) => message.error(failureOf(thrown).message)),
      // Nothing is read from these papers.
      reread: () => undefined,
      retry: ({ key }) => tell({ is: 'again', key }),
      drop: ({ key }) => {
        chosen.current.delete(key);
        tell({ is: 'dropped', key });
      },
    },
  };
};
