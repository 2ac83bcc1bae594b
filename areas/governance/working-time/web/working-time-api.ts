import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { workingTimeContract } from '../model/working-time.contract.ts';

/** Calls of keeping periods and the calendar. */
export const workingTimeApi = clientOf(workingTimeContract, transport);

const key = ['governance', 'working-time'] as const;

/** All periods. */
export const periodsQuery = queryOptions({ queryKey: [...key, 'periods'], queryFn: () => workingTimeApi.periods({}) });

/** The special days of a year. */
export const specialDaysQuery = (year: number) =>
  queryOptions({ queryKey: [...key, 'days', year], queryFn: () => workingTimeApi.specialDays({ year }) });
