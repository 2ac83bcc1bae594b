import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '#web-kit/desk-route.tsx';

/** The address to return to after signing in: only a path of this site, never another one. */
const ownPath = z.string().regex(/^\/(?![/\\])/);

/** Signing in; `back` is where the person wanted to go. Source: tender R42. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ back: ownPath.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});
