import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { proposalSearch } from '#practices/proposal/model/proposal-search.ts';
import { deskRoute } from '#web-kit/desk-route.tsx';

/** Applications about how people of the platform sign in. */
export const credentialsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/credential-changes',
  validateSearch: proposalSearch,
  component: lazyRouteComponent(() => import('./CredentialsPage.tsx'), 'CredentialsPage'),
});
