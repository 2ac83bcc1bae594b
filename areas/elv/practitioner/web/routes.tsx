import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { practitionerSearch } from './practitioner-search.ts';

/** The people at work the signed-in person may see; the whole state of the list is in the address. */
export const practitionersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/practitioners',
  validateSearch: practitionerSearch,
  component: lazyRouteComponent(() => import('./PractitionerList.tsx'), 'PractitionerList'),
});

const newPractitionerRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/practitioners/new',
  component: lazyRouteComponent(() => import('./NewPractitioner.tsx'), 'NewPractitioner'),
});

const loadImport = async () => {
  const { ImportPractitioners } = await import('./ImportPractitioners.tsx');
  return { ImportOfRoute: () => <ImportPractitioners importId={importPractitionersRoute.useSearch().id} /> };
};

const importPractitionersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/practitioners/import',
  validateSearch: z.object({ id: z.string().max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(loadImport, 'ImportOfRoute'),
});

const loadPage = async () => {
  const { PractitionerPage } = await import('./PractitionerPage.tsx');
  const PageOfRoute = () => {
    const { practitionerId } = practitionerRoute.useParams();
    // A page of its own for each person: nothing of the one before may shine through.
    return <PractitionerPage key={practitionerId} id={practitionerId} />;
  };
  return { PageOfRoute };
};

const practitionerRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/practitioners/$practitionerId',
  component: lazyRouteComponent(loadPage, 'PageOfRoute'),
});

/** The pages of people at work. */
export const practitionerRoutes = [
  practitionersRoute,
  newPractitionerRoute,
  importPractitionersRoute,
  practitionerRoute,
] as const;
