import { linkOptions } from '@tanstack/react-router';
import type { Place } from '#web-kit/area-web.ts';
import { caseApi } from './case-api.ts';

/** Where the global search leads among cases: straight to the one that matches, else to the list of what matches; undefined where nothing does. Errors: throws Failure. */
export const findCase = async (text: string): Promise<Place | undefined> => {
  const { rows, total } = await caseApi.list({ q: text, size: 2 });
  const [only] = rows;
  if (total === 0) return undefined;
  return total === 1 && only
    ? linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId: only.id } })
    : linkOptions({ to: '/elv/vehicle-cases', search: { q: text } });
};
