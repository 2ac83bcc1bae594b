import { queryOptions } from '@tanstack/react-query';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { vehicleCaseContract } from '../../vehicle-case/model/vehicle-case.contract.ts';
import { type CaseEvidence, photoEvidenceContract } from '../model/photo-evidence.contract.ts';

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
