import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '#web-kit/desk-route.tsx';
import { withdrawalSearch } from './withdrawal-search.ts';

/** The withdrawals the signed-in person may see; the whole state of the list is in the address. */
export const withdrawalsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/withdrawals',
  validateSearch: withdrawalSearch,
  component: lazyRouteComponent(() => import('./WithdrawalList.tsx'), 'WithdrawalList'),
});

const loadPage = async () => {
  const { WithdrawalPage } = await import('./page/WithdrawalPage.tsx');
  const PageOfRoute = () => {
    const { withdrawalId } = withdrawalRoute.useParams();
    // A page of its own for each withdrawal: nothing of the one before may shine through.
    return <WithdrawalPage key={withdrawalId} id={withdrawalId} />;
  };
  return { PageOfRoute };
};

/** One withdrawal. */
export const withdrawalRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/elv/withdrawals/$withdrawalId',
  component: lazyRouteComponent(loadPage, 'PageOfRoute'),
});

/** The pages of withdrawals. */
export const withdrawalRoutes = [withdrawalsRoute, withdrawalRoute] as const;
