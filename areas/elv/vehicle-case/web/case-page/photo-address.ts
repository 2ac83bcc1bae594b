import { addressOf } from '#kernel/contract/client.ts';
import { vehicleCaseContract } from '../../model/vehicle-case.contract.ts';

/** The address of a photograph's content. */
export const photoAddress = (caseId: string, photoId: string): string =>
  addressOf(vehicleCaseContract.photoContent, { id: caseId, photoId }).url;

/** The address of a photograph as a small picture. */
export const smallPhotoAddress = (caseId: string, photoId: string): string =>
  addressOf(vehicleCaseContract.photoContent, { id: caseId, photoId, small: 'true' }).url;
