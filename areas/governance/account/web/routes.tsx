import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute, rootRoute } from '#web-kit/desk-route.tsx';

/** The address to return to after signing in: only a path of this site, never another one. */
const ownPath = z.string().regex(/^\/(?![/\\])/);

/** Signing in; `back` is where the person wanted to go. Source: tender R42. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ back: ownPath.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});

const said = z.string().optional().catch(undefined);

/** Coming back from the government's sign-on. */
export const signOnReturnRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/callback',
  validateSearch: z.object({ code: said, state: said, iss: said, error: said }),
  component: lazyRouteComponent(() => import('./SignOnReturnPage.tsx'), 'SignOnReturnPage'),
});

/** The person's own account. */
export const personalSettingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/personal-settings',
  component: lazyRouteComponent(() => import('./PersonalSettingsPage.tsx'), 'PersonalSettingsPage'),
});
