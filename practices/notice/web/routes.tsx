import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { noticeSearch } from './notice-search.ts';

/** One's own notices; the whole state of the list is in the address. */
export const noticesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/notices',
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import('./NoticesPage.tsx'), 'NoticesPage'),
});
