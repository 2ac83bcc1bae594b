import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { logSearch } from './log-search.ts';

/** The log: its filters, page and open entry stand in the address. */
export const logRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/audit',
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import('./LogPage.tsx'), 'LogPage'),
});

/** Security alerts, open or handled. */
export const alertsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/alerts',
  validateSearch: z.object({
    state: z.enum(['open', 'handled']).optional().catch(undefined),
    after: z.string().max(300).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./AlertsPage.tsx'), 'AlertsPage'),
});

/** Seals and monthly archives. */
export const archivesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/audit-archives',
  component: lazyRouteComponent(() => import('./ArchivesPage.tsx'), 'ArchivesPage'),
});

/** How the log is kept and by which rules alerts arise. */
export const auditSettingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/audit-settings',
  component: lazyRouteComponent(() => import('./AuditSettings.tsx'), 'AuditSettings'),
});

/** The pages of the log. */
export const auditLogRoutes = [logRoute, alertsRoute, archivesRoute, auditSettingsRoute] as const;
