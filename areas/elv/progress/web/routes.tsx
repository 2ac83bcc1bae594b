import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute, rootRoute } from '#web-kit/desk-route.tsx';
import { progressSearch } from './progress-search.ts';

/** Where a vehicle stands, for anybody; nothing of what is asked stands in the address. Source: tender R14. */
export const publicProgressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/progress-query',
  component: lazyRouteComponent(() => import('./PublicProgressPage.tsx'), 'PublicProgressPage'),
});

/** How cases get on; period, district and enterprise stand in the address. Source: tender R14. */
export const progressRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/progress',
  validateSearch: progressSearch,
  component: lazyRouteComponent(() => import('./ProgressPage.tsx'), 'ProgressPage'),
});
