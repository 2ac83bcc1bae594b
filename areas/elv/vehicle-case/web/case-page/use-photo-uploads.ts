import { useQueryClient } from '@tanstack/react-query';
import { addressOf } from '#kernel/contract/client.ts';
import { useFileUploads } from '#web-kit/use-file-uploads.ts';
import { vehicleCaseContract } from '../../model/vehicle-case.contract.ts';
import { photoView } from '../../model/vehicle-case.views.ts';
import { caseApi, caseQuery } from '../case-api.ts';
import { photoAddress, smallPhotoAddress } from './photo-address.ts';

const target = (caseId: string, part: string, file: File): string => {
  const { url } = addressOf(vehicleCaseContract.addPhoto, { id: caseId, part });
  // The camera writes the file at the moment of the photograph; a copied file tells at least when it was copied.
  return file.lastModified > 0
    ? `${url}?${new URLSearchParams({ deviceTime: new Date(file.lastModified).toISOString() })}`
    : url;
};

/** The photographs of a case. */
export const usePhotoUploads = (caseId: string, open: (photoId: string) => void): ReturnType<typeof useFileUploads> => {
  const queryClient = useQueryClient();
  return useFileUploads({
    matter: `elv.vehicle-case:${caseId}`,
    target: (part, file) => target(caseId, part, file),
    accept: (answer) => photoView.parse(answer),
    remove: (photoId) => caseApi.removePhoto({ id: caseId, photoId }),
    address: (photoId) => photoAddress(caseId, photoId),
    smallAddress: (photoId) => smallPhotoAddress(caseId, photoId),
    open,
    reread: (photoId) => caseApi.readPhoto({ id: caseId, photoId }),
    refresh: () => queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }),
  });
};
