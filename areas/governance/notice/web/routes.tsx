import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { sendingSearch } from './sending-search.ts';

/** What became of messages that left the house; the whole state of the list is in the address. */
export const sendingRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/sending',
  validateSearch: sendingSearch,
  component: lazyRouteComponent(() => import('./SendingPage.tsx'), 'SendingPage'),
});
