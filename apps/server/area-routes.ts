import { type AreaId, areaIds } from './area-ids.ts';
import { connectorsOf, planOf } from './plans.ts';

/** Below which addresses an area answers: what a balancer before processes of single areas goes by. Everything else any process answers. */
export const prefixesOf = (area: AreaId): readonly string[] => {
  const first = ({ path }: { readonly path: string }): string => `/api/${path.split('/')[1]}`;
  const inbound = connectorsOf([area])
    .filter(({ exchanges }) => Object.values(exchanges).some(({ direction }) => direction === 'in'))
    .map(({ id }) => `/ext/${id}`);
  return [...new Set(planOf[area].operations.map(first)), ...inbound];
};

/** The area that answers an address; undefined where any process does. */
export const areaOfPath = (path: string): AreaId | undefined =>
  areaIds.find((area) => prefixesOf(area).some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
