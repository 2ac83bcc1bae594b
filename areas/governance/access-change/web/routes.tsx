import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { proposalSearch } from '#practices/proposal/model/proposal-search.ts';
import { deskRoute } from '#web-kit/desk-route.tsx';

const shortText = z.string().max(120).optional().catch(undefined);

/** Roles: what each may do and who holds it. */
export const rolesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/roles',
  validateSearch: z.object({ role: shortText }),
  component: lazyRouteComponent(() => import('./RolesPage.tsx'), 'RolesPage'),
});

/** Who may do what, as one table. */
export const matrixRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/matrix',
  component: lazyRouteComponent(() => import('./MatrixPage.tsx'), 'MatrixPage'),
});

/** Applications for permissions. */
export const applicationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/access-changes',
  validateSearch: proposalSearch,
  component: lazyRouteComponent(() => import('./ApplicationsPage.tsx'), 'ApplicationsPage'),
});

/** Why somebody may, or may not, do something. */
export const whyRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/why',
  validateSearch: z.object({ person: shortText, permission: shortText, target: shortText }),
  component: lazyRouteComponent(() => import('./WhyPage.tsx'), 'WhyPage'),
});

/** The pages of permissions. */
export const accessRoutes = [rolesRoute, matrixRoute, applicationsRoute, whyRoute] as const;
