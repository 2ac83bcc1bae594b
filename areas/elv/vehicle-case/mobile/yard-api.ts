import { addressOf, clientOf } from '#kernel/contract/client.ts';
import type { Failure } from '#kernel/contract/failure.ts';
import { failureOf, transport } from '#web-kit/api.ts';
import { uploadFile } from '#web-kit/upload.ts';
import { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { stepContract } from '../model/vehicle-case.steps.ts';
import { type YardTask, yardTaskContract } from '../model/yard-task.contract.ts';
import { type SaveTexts, troubleOf } from './text-keeper.ts';
import type { Outcome, WaitingPhoto } from './waiting-photo.ts';

/** What waits for one's yard. */
export const yardApi = clientOf(yardTaskContract, transport);

const caseApi = clientOf(vehicleCaseContract, transport);

// Every action of people has its operation; see the contract.
const steps = clientOf(
  stepContract as Readonly<Record<string, NonNullable<(typeof stepContract)['handOver']>>>,
  transport,
);

/** Hands a section in: the step of the case that follows from it. Errors: throws Failure with every refusal. */
export const handIn = async ({ caseId, version, step }: YardTask, key: string): Promise<void> => {
  await steps[step.action]?.({ id: caseId, version, key });
};

/** The address of a photograph's content on the server. */
export const photoAddress = (caseId: string, photoId: string): string =>
  addressOf(vehicleCaseContract.photoContent, { id: caseId, photoId }).url;

/** Whether asking again later may help: no line, a server in trouble, too many at once. */
const mayPass = ({ status }: Failure): boolean => status === 0 || status === 429 || status >= 500;

const outcomeOf = (failure: Failure): Outcome => {
  const words = failure.message;
  if (failure.status === 401) return { kind: 'signed-out', words };
  // Somebody else has signed in on this phone in another page: the queue stops, and nothing is lost.
  if (failure.code === 'SOMEBODY_ELSE') return { kind: 'signed-out', words };
  // A colleague was there later: nobody's work is undone unasked.
  if (failure.code === 'NEWER_THERE') return { kind: 'refused', words, newer: true };
  return mayPass(failure) ? { kind: 'unreachable', words } : { kind: 'refused', words };
};

/** Brings a photograph to the server under its own key, saying who took it, when and where. */
export const sendPhoto = async (photo: WaitingPhoto): Promise<Outcome> => {
  const { id: key, caseId, part, takenAt, place, takenBy, picture, overrules } = photo;
  if (!picture) return { kind: 'refused', words: '照片已不在本机，请重新拍摄' };
  const { url } = addressOf(vehicleCaseContract.addPhoto, { id: caseId, part });
  const told = new URLSearchParams({
    key,
    deviceTime: takenAt,
    takenBy,
    ...(overrules ? {} : { unlessNewer: 'true' }),
    ...(place === null ? {} : { place }),
  });
  try {
    const file = new File([picture], `${part}.jpg`, { type: picture.type });
    const answer = await uploadFile(`${url}?${told}`, file, () => undefined);
    // The server has parsed its answer by the contract.
    return { kind: 'taken', photoId: (answer as { readonly id: string }).id };
  } catch (error) {
    return outcomeOf(failureOf(error));
  }
};

/** Saves what was typed; what the server did not take comes back by field. Errors: throws Failure where nothing was decided. */
export const saveTexts: SaveTexts = async ({ caseId, section, changes }) => {
  try {
    await caseApi.saveSection({ id: caseId, section, changes });
    return {};
  } catch (error) {
    const failure = failureOf(error);
    if (failure.status === 401 || mayPass(failure)) throw failure;
    return troubleOf(failure, Object.keys(changes));
  }
};

/** Takes a photograph out that another has replaced; one that is out already, or may not be taken out any more, is no matter. */
export const takeOutPhoto = async (caseId: string, photoId: string): Promise<Outcome> => {
  try {
    await caseApi.removePhoto({ id: caseId, photoId });
    return { kind: 'taken', photoId };
  } catch (error) {
    return outcomeOf(failureOf(error));
  }
};
