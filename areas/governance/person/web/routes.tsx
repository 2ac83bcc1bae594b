import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { organisationsSearch, peopleSearch } from './people-search.ts';

/** People's accounts; the whole state of the list is in the address. */
export const peopleRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('./PeopleList.tsx'), 'PeopleList'),
});

/** Entering one person. */
export const newPersonRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/people/new',
  component: lazyRouteComponent(() => import('./NewPerson.tsx'), 'NewPerson'),
});

/** Entering many from a workbook. */
export const importPeopleRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/people/import',
  validateSearch: z.object({ id: z.string().max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./ImportPeople.tsx'), 'ImportPeople'),
});

const loadPersonPage = async () => {
  const { PersonPage } = await import('./PersonPage.tsx');
  const PersonPageOfRoute = () => {
    const { personId } = personRoute.useParams();
    // A page of its own for each person: nothing of the one before may shine through.
    return <PersonPage key={personId} personId={personId} />;
  };
  return { PersonPageOfRoute };
};

/** One person. */
export const personRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/people/$personId',
  component: lazyRouteComponent(loadPersonPage, 'PersonPageOfRoute'),
});

/** The organisations people belong to. */
export const organisationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/organisations',
  validateSearch: organisationsSearch,
  component: lazyRouteComponent(() => import('./OrganisationList.tsx'), 'OrganisationList'),
});

/** The pages of people. */
export const personRoutes = [organisationsRoute, peopleRoute, newPersonRoute, importPeopleRoute, personRoute] as const;
