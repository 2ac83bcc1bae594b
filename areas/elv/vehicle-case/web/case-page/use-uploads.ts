import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useReducer, useRef } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import type { PhotoActions } from '#web-kit/photo-slot.ts';
import { announceSessionEnd } from '#web-kit/session-end.ts';
import { objectionTo, uploadFile } from '#web-kit/upload.ts';
import { nextUpload, type Upload, type UploadEvent, uploadsAfter } from '#web-kit/upload-list.ts';
import { photoView, vehicleCaseContract } from '../../model/vehicle-case.contract.ts';
import { caseApi, caseQuery } from '../case-api.ts';

interface Chosen {
  readonly file: File;
  /** The photograph this one takes the place of. */
  readonly instead: string | undefined;
}

const uploadAddress = (caseId: string, upload: Upload, file: File): string => {
  const { url } = addressOf(vehicleCaseContract.addPhoto, { id: caseId, part: upload.part });
  const query = new URLSearchParams({ key: upload.key });
  // The camera writes the file at the moment of the photograph; a copied file tells at least when it was copied.
  if (file.lastModified > 0) query.set('deviceTime', new Date(file.lastModified).toISOString());
  return `${url}?${query}`;
};

/** The address of a photograph's content. */
export const photoAddress = (caseId: string, photoId: string): string =>
  addressOf(vehicleCaseContract.photoContent, { id: caseId, photoId }).url;

const useRefresh = (caseId: string): (() => Promise<void>) => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
};

type Tell = (event: UploadEvent) => void;

const useSending = (caseId: string, uploads: readonly Upload[], chosen: Map<string, Chosen>, tell: Tell): void => {
  const refresh = useRefresh(caseId);
  const next = nextUpload(uploads);
  const send = async (upload: Upload, { file, instead }: Chosen): Promise<void> => {
    tell({ is: 'started', key: upload.key });
    try {
      photoView.parse(
        await uploadFile(uploadAddress(caseId, upload, file), file, (progress) =>
          tell({ is: 'moved', key: upload.key, progress }),
        ),
      );
      if (instead !== undefined) await caseApi.removePhoto({ id: caseId, photoId: instead }).catch(() => undefined);
      await refresh();
      chosen.delete(upload.key);
      tell({ is: 'done', key: upload.key });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.status === 401) announceSessionEnd();
      const final = failure.status >= 400 && failure.status < 500 && failure.status !== 401 && failure.status !== 429;
      tell({ is: 'failed', key: upload.key, message: failure.message, final });
    }
  };
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const held = next && chosen.get(next.key);
    if (next && held) void latest.current(next, held);
  }, [next, chosen]);
};

/** The photographs of a case: files on their way and everything the grid can do. Each file keeps its key, so a retry never doubles it. */
export const useUploads = (
  caseId: string,
  open: (photoId: string) => void,
): { readonly uploads: readonly Upload[]; readonly act: PhotoActions } => {
  const { message } = App.useApp();
  const [uploads, tell] = useReducer(uploadsAfter, []);
  const chosen = useRef(new Map<string, Chosen>());
  const refresh = useRefresh(caseId);
  useSending(caseId, uploads, chosen.current, tell);
  const carryOut = (work: Promise<unknown>): void => {
    work.then(refresh, (thrown) => message.error(failureOf(thrown).message));
  };
  return {
    uploads,
    act: {
      address: (photoId) => photoAddress(caseId, photoId),
      open,
      add: (part, files, instead) => {
        for (const file of files) {
          const key = newKey();
          chosen.current.set(key, { file, instead });
          tell({ is: 'added', key, part, fileName: file.name, objection: objectionTo(file) });
        }
      },
      remove: (photo) => carryOut(caseApi.removePhoto({ id: caseId, photoId: photo.id })),
      reread: (photoId) => carryOut(caseApi.readPhoto({ id: caseId, photoId })),
      retry: ({ key }) => tell({ is: 'again', key }),
      drop: ({ key }) => {
        chosen.current.delete(key);
        tell({ is: 'dropped', key });
      },
    },
  };
};
