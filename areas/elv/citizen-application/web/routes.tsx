import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { citizenApplicationSearch } from './citizen-application-search.ts';

/** The applications that chose one's enterprise; the whole state of the list is in the address. */
export const citizenApplicationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/citizen-applications',
  validateSearch: citizenApplicationSearch,
  component: lazyRouteComponent(() => import('./CitizenApplicationList.tsx'), 'CitizenApplicationList'),
});

const loadPage = async () => {
  const { CitizenApplicationPage } = await import('./CitizenApplicationPage.tsx');
  const PageOfRoute = () => {
    const { applicationId } = citizenApplicationRoute.useParams();
    // A page of its own for each application: nothing of the one before may shine through.
    return <CitizenApplicationPage key={applicationId} id={applicationId} />;
  };
  return { PageOfRoute };
};

const citizenApplicationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/citizen-applications/$applicationId',
  component: lazyRouteComponent(loadPage, 'PageOfRoute'),
});

/** The pages of citizens' applications. */
export const citizenApplicationRoutes = [citizenApplicationsRoute, citizenApplicationRoute] as const;
