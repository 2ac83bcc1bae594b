import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import type { OpenPage } from './area-web.ts';
import { type Session, SessionProvider } from './session.tsx';

/** What the application hands to every route. */
export interface DeskContext {
  /** The session of this browser, null when nobody is signed in. Errors: throws Failure when the server does not answer. */
  readonly loadSession: () => Promise<Session | null>;
  /** The frame round every page of the desk: top bar, side menu. */
  readonly Frame: ComponentType<{ readonly children: ReactNode }>;
  /** What nobody has to sign in for. */
  readonly openToAll: readonly OpenPage[];
}

/** The root of all routes. */
export const rootRoute = createRootRouteWithContext<DeskContext>()({ component: Outlet });

const DeskLayout = () => {
  const { session, Frame } = deskRoute.useRouteContext();
  return (
    <SessionProvider session={session}>
      <Frame>
        <Outlet />
      </Frame>
    </SessionProvider>
  );
};

/** The parent of every page behind the sign-in; areas hang their routes under it. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: async ({ context, location }): Promise<{ session: Session }> => {
    const session = await context.loadSession();
    if (!session) throw redirect({ to: '/sign-in', search: { back: location.href } });
    return { session };
  },
  component: DeskLayout,
});
