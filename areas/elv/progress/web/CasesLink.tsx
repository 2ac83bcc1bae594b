import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { may, useSession } from '#web-kit/session.tsx';
import type { ProgressSearch } from './progress-search.ts';

/** The cases a number is of, in the list, where the person may read cases; the number alone elsewhere. */
export const CasesLink = ({
  search,
  states,
  overdue = false,
  label,
  children,
}: {
  search: Pick<ProgressSearch, 'district' | 'enterprise'>;
  states: readonly string[];
  overdue?: boolean;
  /** What the link leads to, for those who hear only the number. */
  label: string;
  children: ReactNode;
}) => {
  const session = useSession();
  if (!may(session, 'elv.vehicle-case:read')) return children;
  return (
    <Link
      to="/elv/vehicle-cases"
      search={{
        state: [...states],
        ...(search.district ? { districtCode: search.district } : {}),
        ...(search.enterprise ? { enterpriseId: search.enterprise } : {}),
        ...(overdue ? { overdue: true as const } : {}),
        sort: 'stateSince',
      }}
      aria-label={label}
    >
      {children}
    </Link>
  );
};
