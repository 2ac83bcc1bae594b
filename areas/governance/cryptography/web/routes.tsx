import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** The self-check of cryptography and classified protection. */
export const selfCheckRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/self-check',
  component: lazyRouteComponent(() => import('./SelfCheckPage.tsx'), 'SelfCheckPage'),
});

/** The keys and their renewal. */
export const keysRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/keys',
  component: lazyRouteComponent(() => import('./KeysPage.tsx'), 'KeysPage'),
});

/** The pages of cryptography. */
export const cryptographyRoutes = [selfCheckRoute, keysRoute] as const;
