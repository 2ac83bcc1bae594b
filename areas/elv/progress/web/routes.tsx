import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '#web-kit/desk-route.tsx';

/** Where a vehicle stands, for anybody; nothing of what is asked stands in the address. Source: tender R14. */
export const publicProgressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/progress-query',
  component: lazyRouteComponent(() => import('./PublicProgressPage.tsx'), 'PublicProgressPage'),
});
