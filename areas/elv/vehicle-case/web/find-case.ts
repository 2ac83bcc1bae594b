import { linkOptions } from '@tanstack/react-router';
import type { Place } from '#web-kit/area-web.ts';
import { caseApi } from './case-api.ts';

/** Where the global search leads: straight to the one matching case, else to the list of what matches. Errors: throws Failure. */
export const findCase = async (text: string): Promise<Place> => {
  const { rows, total } = await caseApi.list({ q: text, size: 2 });
  const [only] = rows;
  return total === 1 && only
    ? linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId: only.id } })
    : linkOptions({ to: '/elv/vehicle-cases', search: { q: text } });
};
