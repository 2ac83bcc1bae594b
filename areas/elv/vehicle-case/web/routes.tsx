import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { caseListSearch } from './case-list-search.ts';

/** What waits for the signed-in person. */
export const myWorkRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/my-work',
  validateSearch: z.object({
    /** Only this kind of work. */
    state: z
      .string()
      .regex(/^[A-Za-z]{1,40}$/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./MyWork.tsx'), 'MyWork'),
});

/** All cases the signed-in person may see; the whole state of the list is in the address. */
export const caseListRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/vehicle-cases',
  validateSearch: caseListSearch,
  component: lazyRouteComponent(() => import('./CaseList.tsx'), 'CaseList'),
});

const loadCasePage = async () => {
  const { CasePage } = await import('./case-page/CasePage.tsx');
  const CasePageOfRoute = () => {
    const { caseId } = casePageRoute.useParams();
    // A page of its own for each case: nothing of the one before may shine through.
    return <CasePage key={caseId} caseId={caseId} />;
  };
  return { CasePageOfRoute };
};

/** One case. */
export const casePageRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/vehicle-cases/$caseId',
  component: lazyRouteComponent(loadCasePage, 'CasePageOfRoute'),
});

/** The pages of the vehicle case. */
export const elvRoutes = [myWorkRoute, caseListRoute, casePageRoute] as const;
