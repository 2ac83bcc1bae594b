import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { systemSearch } from './system-search.ts';

/** The systems of enterprises that the signed-in person may see. */
export const systemsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/enterprise-systems',
  validateSearch: systemSearch,
  component: lazyRouteComponent(() => import('./SystemList.tsx'), 'SystemList'),
});

const loadPage = async () => {
  const { SystemPage } = await import('./SystemPage.tsx');
  const PageOfRoute = () => {
    const { systemId } = systemRoute.useParams();
    return <SystemPage key={systemId} id={systemId} />;
  };
  return { PageOfRoute };
};

/** One system. */
export const systemRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/enterprise-systems/$systemId',
  component: lazyRouteComponent(loadPage, 'PageOfRoute'),
});

/** The pages of enterprises' systems. */
export const systemRoutes = [systemsRoute, systemRoute] as const;
