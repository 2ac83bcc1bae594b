import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { registrySearch } from '#practices/registry/web/registry-search.ts';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** The registry of dismantlers; the whole state of the list is in the address. */
export const dismantlersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/dismantlers',
  validateSearch: registrySearch,
  component: lazyRouteComponent(() => import('./DismantlerPages.tsx'), 'DismantlerList'),
});

/** Dismantlers from a workbook. */
export const importDismantlersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/dismantlers/import',
  validateSearch: z.object({ id: z.string().min(1).max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./DismantlerPages.tsx'), 'ImportDismantlers'),
});

/** One dismantler's entry. */
export const dismantlerRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/dismantlers/$entryId',
  component: lazyRouteComponent(() => import('./DismantlerPages.tsx'), 'DismantlerPage'),
});

/** The pages of the registry of dismantlers. */
export const dismantlerRoutes = [dismantlersRoute, importDismantlersRoute, dismantlerRoute] as const;
