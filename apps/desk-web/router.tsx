import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { exportsRoute } from '#areas/elv/case-export/web/routes.tsx';
import { importCasesRoute } from '#areas/elv/case-import/web/routes.tsx';
import { citizenApplicationRoutes } from '#areas/elv/citizen-application/web/routes.tsx';
import { dismantlerRoutes } from '#areas/elv/dismantler/web/routes.tsx';
import { systemRoutes } from '#areas/elv/enterprise-system/web/routes.tsx';
import { practitionerRoutes } from '#areas/elv/practitioner/web/routes.tsx';
import { progressRoute, publicProgressRoute } from '#areas/elv/progress/web/routes.tsx';
import { qualificationRoutes } from '#areas/elv/qualification/web/routes.tsx';
import { elvRoutes } from '#areas/elv/vehicle-case/web/routes.tsx';
import { withdrawalRoutes } from '#areas/elv/withdrawal/web/routes.tsx';
import { accessRoutes } from '#areas/governance/access-change/web/routes.tsx';
import { loadSession } from '#areas/governance/account/web/account-api.ts';
import { personalSettingsRoute, signInRoute, signOnReturnRoute } from '#areas/governance/account/web/routes.tsx';
import { auditLogRoutes } from '#areas/governance/audit-log/web/routes.tsx';
import { credentialsRoute } from '#areas/governance/credential-change/web/routes.tsx';
import { cryptographyRoutes } from '#areas/governance/cryptography/web/routes.tsx';
import { sendingRoute } from '#areas/governance/notice/web/routes.tsx';
import { operatingRoute } from '#areas/governance/operating/web/routes.tsx';
import { personRoutes } from '#areas/governance/person/web/routes.tsx';
import { workingTimeRoutes } from '#areas/governance/working-time/web/routes.tsx';
import { noticesRoute } from '#practices/notice/web/routes.tsx';
import { openPages } from '#web-kit/area-web.ts';
import { deskRoute, rootRoute } from '#web-kit/desk-route.tsx';
import { parseSearch, stringifySearch } from '#web-kit/search-params.ts';
import { areas } from './areas.ts';
import { Frame } from './frame/Frame.tsx';
import { NotFoundPage, PageFailure, PagePending } from './frame/pages.tsx';

/** The bare address leads to the first area the person may enter; who may enter none is told so there. */
const homeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  beforeLoad: ({ context: { session } }): void => {
    const [first] = [...areas.flatMap((area) => openPages(area, session)), ...areas.flatMap(({ menu }) => menu)];
    if (first) throw redirect({ ...first.place, replace: true });
  },
});

/** Any other address, inside the frame. */
const unknownRoute = createRoute({ getParentRoute: () => deskRoute, path: '$', component: NotFoundPage });

const routeTree = rootRoute.addChildren([
  signInRoute,
  signOnReturnRoute,
  publicProgressRoute,
  deskRoute.addChildren([
    homeRoute,
    ...elvRoutes,
    importCasesRoute,
    exportsRoute,
    progressRoute,
    ...withdrawalRoutes,
    ...citizenApplicationRoutes,
    ...dismantlerRoutes,
    ...qualificationRoutes,
    ...systemRoutes,
    ...practitionerRoutes,
    ...accessRoutes,
    ...personRoutes,
    credentialsRoute,
    ...cryptographyRoutes,
    operatingRoute,
    sendingRoute,
    ...workingTimeRoutes,
    ...auditLogRoutes,
    noticesRoute,
    personalSettingsRoute,
    unknownRoute,
  ]),
]);

/** The router of the desk over one query client. */
export const newRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: {
      loadSession: () => loadSession(queryClient),
      Frame,
      openToAll: areas.flatMap(({ openToAll = [] }) => openToAll),
    },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: NotFoundPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
