import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** Cases from a workbook; the upload looked at is in the address. */
export const importCasesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/vehicle-cases/import',
  validateSearch: z.object({ id: z.string().min(1).max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./ImportCases.tsx'), 'ImportCases'),
});
