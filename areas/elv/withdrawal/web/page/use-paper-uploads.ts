import { useQueryClient } from '@tanstack/react-query';
import { addressOf } from '#kernel/contract/client.ts';
import { useFileUploads } from '#web-kit/use-file-uploads.ts';
import { withdrawalContract } from '../../model/withdrawal.contract.ts';
import { paperView } from '../../model/withdrawal.views.ts';
import { withdrawalApi, withdrawalQuery } from '../withdrawal-api.ts';

/** The address of a paper's content. */
export const paperAddress = (id: string, paperId: string): string =>
  addressOf(withdrawalContract.paperContent, { id, paperId }).url;

/** The papers of a withdrawal; nothing is read from them. */
export const usePaperUploads = (id: string, open: (paperId: string) => void): ReturnType<typeof useFileUploads> => {
  const queryClient = useQueryClient();
  return useFileUploads({
    matter: `elv.withdrawal:${id}`,
    target: (part) => addressOf(withdrawalContract.addPaper, { id, part }).url,
    accept: (answer) => paperView.parse(answer),
    remove: (paperId) => withdrawalApi.removePaper({ id, paperId }),
    address: (paperId) => paperAddress(id, paperId),
    open,
    refresh: () => queryClient.invalidateQueries({ queryKey: withdrawalQuery(id).queryKey }),
  });
};
