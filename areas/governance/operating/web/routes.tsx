import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** How the system runs. */
export const operatingRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/operating',
  component: lazyRouteComponent(() => import('./OperatingPage.tsx'), 'OperatingPage'),
});
