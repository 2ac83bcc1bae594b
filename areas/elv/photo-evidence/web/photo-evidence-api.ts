import { queryOptions } from '@tanstack/react-query';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { formatMomentExactly } from '#web-kit/format.ts';
import type { ViewedFile } from '#web-kit/ViewerPane.tsx';
import { vehicleCaseContract } from '../../vehicle-case/model/vehicle-case.contract.ts';
import { type CaseEvidence, photoEvidenceContract, type WeighedPhoto } from '../model/photo-evidence.contract.ts';

/** Calls of photographs as evidence. */
export const evidenceApi = clientOf(photoEvidenceContract, transport);

/** What all open cases say of their photographs; a repeat that is set aside is so in two of them. */
export const evidenceKey = ['elv', 'photo-evidence'] as const;

/** How soon it is asked again while photographs are still looked at. Milliseconds. */
const soonMs = 5_000;

const stillWaits = (evidence: CaseEvidence | undefined): boolean =>
  evidence?.photos.some(({ looked }) => looked === 'waiting') ?? false;

/** What is to be known of a case's photographs; asked anew whenever the case has changed, and while some are still looked at. */
export const evidenceQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...evidenceKey, id, version],
    queryFn: () => evidenceApi.ofCase({ id }),
    refetchInterval: ({ state }) => (stillWaits(state.data) ? soonMs : false),
  });

/** The address of a photograph's content. */
export const pictureAddress = (caseId: string, photoId: string): string =>
  addressOf(vehicleCaseContract.photoContent, { id: caseId, photoId }).url;

/** A photograph of the case itself, as it is shown under that title. */
export const ownPicture = (caseId: string, photo: WeighedPhoto, title: string): ViewedFile => ({
  id: photo.photoId,
  title,
  address: pictureAddress(caseId, photo.photoId),
  mediaType: photo.mediaType,
  fileName: photo.fileName,
  facts: [
    { title: '上传', text: `${formatMomentExactly(photo.receivedAt)} ${photo.operatorName}` },
    { title: '拍摄', text: photo.takenAt ? formatMomentExactly(photo.takenAt) : '照片没有自带拍摄时间' },
  ],
});
