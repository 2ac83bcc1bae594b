import { useQueryClient } from '@tanstack/react-query';
import { addressOf } from '#kernel/contract/client.ts';
import { useFileUploads } from '#web-kit/use-file-uploads.ts';
import { fileView } from '../../model/registry.views.ts';
import { entryQuery, type RegistryWeb } from '../registry-web.ts';

/** The address of an attachment's content. */
export const fileAddress = ({ contract }: RegistryWeb, id: string, fileId: string): string =>
  addressOf(contract.fileContent, { id, fileId }).url;

/** The attachments of an entry; nothing is read from them. */
export const useEntryUploads = (
  registry: RegistryWeb,
  id: string,
  open: (fileId: string) => void,
): ReturnType<typeof useFileUploads> => {
  const queryClient = useQueryClient();
  return useFileUploads({
    matter: `${registry.profile.id}:${id}`,
    target: (part) => addressOf(registry.contract.addFile, { id, part }).url,
    accept: (answer) => fileView.parse(answer),
    remove: (fileId) => registry.api.removeFile({ id, fileId }),
    address: (fileId) => fileAddress(registry, id, fileId),
    open,
    refresh: () => queryClient.invalidateQueries({ queryKey: entryQuery(registry, id).queryKey }),
  });
};
