import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registrySearch } from '#practices/registry/web/registry-search.ts';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** Qualifications of dismantlers; the whole state of the list is in the address. */
export const qualificationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/qualifications',
  validateSearch: registrySearch,
  component: lazyRouteComponent(() => import('./QualificationPages.tsx'), 'QualificationList'),
});

/** The qualification of one enterprise. */
export const qualificationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/qualifications/$entryId',
  component: lazyRouteComponent(() => import('./QualificationPages.tsx'), 'QualificationPage'),
});

/** The pages of qualifications. */
export const qualificationRoutes = [qualificationsRoute, qualificationRoute] as const;
