import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport, transportWithin } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import { uploadFile } from '#web-kit/upload.ts';
import { citizenContract } from '../model/citizen.contract.ts';
import { citizenStepContract } from '../model/citizen.steps.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';

/** Calls of one's own applications. */
export const citizenApi = clientOf(citizenContract, transport);
/** Handing in and taking back. */
export const citizenSteps = clientOf(citizenStepContract, transport);
/** Reading a paper takes as long as it takes. */
const patientApi = clientOf(citizenContract, transportWithin(100_000));

/** Has a photographed paper read. Errors: throws Failure. */
export const readPaper = (id: string, photoId: string) => patientApi.readPhoto({ id, photoId });

/** The address of a photograph's content. */
export const photoAddress = (id: string, photoId: string): string =>
  addressOf(citizenContract.photoContent, { id, photoId }).url;

/** Brings a photograph to its place. Errors: throws Failure. */
export const sendPhoto = async (id: string, part: string, file: File): Promise<OwnApplicationView> => {
  const { url } = addressOf(citizenContract.addPhoto, { id, part });
  // The server has parsed its answer by the contract.
  return (await uploadFile(`${url}?key=${newKey()}`, file, () => undefined)) as OwnApplicationView;
};
