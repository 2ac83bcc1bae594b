import { createContext, type ReactNode, use } from 'react';

/** The signed-in person as every screen may know them; the governance area says who it is. */
export interface Session {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly organisationName: string | null;
  readonly roles: readonly { readonly id: string; readonly title: string }[];
  readonly permissions: readonly string[];
  readonly demo: boolean;
}

const SessionContext = createContext<Session | null>(null);

/** Makes the session known to everything inside. */
export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

/** The signed-in person. Errors: throws outside {@link SessionProvider}, which is a defect of the page. */
export const useSession = (): Session => {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside SessionProvider');
  return session;
};

/** Whether the person holds a permission on at least some rows; what may be done with one matter is told by its abilities. */
export const may = (session: Session, permission: string): boolean => session.permissions.includes(permission);
