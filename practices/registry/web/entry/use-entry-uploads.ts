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
import { fileView } from '../../model/registry.views.ts';
import { entryQuery, type RegistryWeb } from '../registry-web.ts';

/** The address of an attachment's content. */
export const fileAddress = ({ contract }: RegistryWeb, id: string, fileId: string): string =>
  addressOf(contract.fileContent, { id, fileId }).url;

interface Chosen {
  readonly file: File;
  /** The attachment this one takes the place of. */
  readonly instead: string | undefined;
}

/** The attachments of an entry: files on their way and everything the grid can do. Each file keeps its key, so a retry never doubles it. */
export const useEntryUploads = (
  registry: RegistryWeb,
  id: string,
  open: (fileId: string) => void,
): { readonly uploads: readonly Upload[]; readonly act: PhotoActions } => {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [uploads, tell] = useReducer(uploadsAfter, []);
  const chosen = useRef(new Map<string, Chosen>());
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: entryQuery(registry, id).queryKey });
  const send = async ({ key, part }: Upload, { file, instead }: Chosen): Promise<void> => {
    tell({ is: 'started', key });
    try {
      const { url } = addressOf(registry.contract.addFile, { id, part });
      const moved = (progress: number): void => tell({ is: 'moved', key, progress });
      fileView.parse(await uploadFile(`${url}?key=${key}`, file, moved));
      if (instead !== undefined) await registry.api.removeFile({ id, fileId: instead }).catch(() => undefined);
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
      address: (fileId) => fileAddress(registry, id, fileId),
      open,
      add: (part, files, instead) => {
        for (const file of files) {
          const key = newKey();
          chosen.current.set(key, { file, instead });
          tell({ is: 'added', key, part, fileName: file.name, objection: objectionTo(file) });
        }
      },
      remove: ({ id: fileId }) =>
        void registry.api
          .removeFile({ id, fileId })
          .then(refresh, (thrown) => message.error(failureOf(thrown).message)),
      // Nothing is read from attachments here.
      reread: () => undefined,
      retry: ({ key }) => tell({ is: 'again', key }),
      drop: ({ key }) => {
        chosen.current.delete(key);
        tell({ is: 'dropped', key });
      },
    },
  };
};
