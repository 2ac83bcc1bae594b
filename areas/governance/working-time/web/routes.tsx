import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { calendarYears } from '../model/working-time.contract.ts';

/** The periods within which work must be done. */
export const periodsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/periods',
  component: lazyRouteComponent(() => import('./Periods.tsx'), 'Periods'),
});

/** The calendar of working days, a year at a time. */
export const calendarRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/governance/calendar',
  validateSearch: z.object({
    year: z.coerce.number().int().min(calendarYears.first).max(calendarYears.last).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./CalendarPage.tsx'), 'CalendarPage'),
});

/** The pages of working time. */
export const workingTimeRoutes = [periodsRoute, calendarRoute] as const;
