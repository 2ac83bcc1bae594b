import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** One's own exports; in the address the one whose file is saved as soon as it is there. */
export const exportsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/vehicle-case-exports',
  validateSearch: z.object({ save: z.string().min(1).max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./ExportsPage.tsx'), 'ExportsPage'),
});
