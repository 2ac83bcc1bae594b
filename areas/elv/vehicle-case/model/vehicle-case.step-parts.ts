import { z } from 'zod';
import { telling } from '#practices/notice/model/notice-kind.ts';
import {
  answeredAndAllowed,
  notAcceptedElsewhere,
  photographed,
  verified,
  vinCredible,
  whole,
} from './vehicle-case.guards.ts';
import { caseNotices } from './vehicle-case.notices.ts';
import type { VehicleCase } from './vehicle-case.record.ts';

/** A reason that must be given. */
export const reason = z.object({
  reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字'),
});
/** An opinion that may be given. */
export const opinion = z.object({ reason: z.string().trim().max(500, '意见最多 500 个字').optional() });
/** The record with the reason the yard is to read. */
export const keepReason = (record: VehicleCase, input: unknown): VehicleCase => ({
  ...record,
  returnReason: reason.parse(input).reason,
});
/** The record without it: what was asked is done. */
export const dropReason = (record: VehicleCase): VehicleCase => ({ ...record, returnReason: null });

/** A case that comes back to the yard with a reason: its people are told. */
export const handedBack = { record: keepReason, effects: [telling(caseNotices.returned)] };

/** What is asked of the papers of vehicle, owner and agent whenever they are handed in. */
export const fitToHandIn = [
  whole('papers'),
  vinCredible,
  whole('owner'),
  whole('agent'),
  photographed('papers'),
  photographed('owner'),
  photographed('agent'),
  verified('owner-identity'),
  verified('agent-identity'),
  notAcceptedElsewhere,
  answeredAndAllowed('if-answered'),
];
/** The other side's no does no harm to a frozen case; its yes waits until the case is free. */
export const takesNoFrozen = { allowedUnder: ['frozen'] } as const;
