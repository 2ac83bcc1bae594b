import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Access, accessOver, type Role } from './access.ts';
import type { AccessListStore, ListReport } from './access-list.store.ts';
import { type AccessList, emptyList, rolesBySubject, withShippedRoles } from './access-list.ts';

/** How the list stands in this process. */
export type ListState =
  | { readonly intact: true; readonly version: number; readonly checkedAt: Date; readonly sealedAt: Date | null }
  | { readonly intact: false; readonly what: string; readonly version: number; readonly checkedAt: Date };

/** Access over the stored list: follows changes within seconds, and shuts when the list does not fit its seal. */
export interface StoredAccess extends Access {
  /** Takes up what has changed, at most every two seconds; once an hour, and while broken, everything is judged anew. */
  refresh(): Promise<void>;
  /** How the list stood when it was last judged. Errors: throws before the first {@link refresh}. */
  state(): ListState;
  /** Judges everything now. */
  check(): Promise<ListState>;
  rolesOf(subjectId: string): readonly string[];
  /** Whether anybody of that id is let in at all: while the list is broken, marked auditors only. */
  admits(subjectId: string): boolean;
  /** A role's title; its id where the list does not know it. */
  titleOf(roleId: string): string;
  /** The list by which is judged now; empty while broken. */
  list(): AccessList;
  /** Puts the product's own roles in when they have changed; a broken list is left alone. */
  installRoles(): Promise<void>;
}

/** What the stored access works with. */
export interface StoredAccessParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly store: AccessListStore;
  /** The product's roles. Until the list has been read they alone are known, and nobody holds any. */
  readonly shipped: readonly Role[];
  /** Of these roles those may sign in while the list is broken who hold them by a row with our own mark. */
  readonly auditRoles: readonly string[];
  /** Told once when the list is found broken, and once when it is whole again. */
  readonly onTurn: (state: ListState) => Promise<void>;
}

const pollMs = 2_000;
const wholeMs = 3_600_000;

/** The stored access over a database. Source: tender R44, R55 (3), T5.5. */
export const storedAccess = (parts: StoredAccessParts): StoredAccess => {
  const { db, clock, store, shipped, auditRoles, onTurn } = parts;
  const overList = ({ roles, special }: Pick<AccessList, 'roles' | 'special'>): Access =>
    accessOver(roles, special, () => clock.now());
  const auditOnly = shipped.filter(({ id }) => auditRoles.includes(id));
  let access = overList({ roles: shipped.map((role) => ({ ...role, shipped: true })), special: [] });
  let held: ReadonlyMap<string, readonly string[]> = new Map();
  let list: AccessList = emptyList;
  let state: ListState | undefined;
  let looked = 0;
  let looking: Promise<void> | undefined;

  const openWith = (report: Extract<ListReport, { intact: true }>, at: Date): ListState => {
    // The shipped roles are put in by `installRoles`; a list that has never been written yet knows nobody either.
    if (report.list.version > 0) access = overList(report.list);
    ({ list } = report);
    held = rolesBySubject(report.list.holdings);
    return { intact: true, version: report.list.version, checkedAt: at, sealedAt: report.sealedAt };
  };
  const shutWith = async (report: Extract<ListReport, { intact: false }>, at: Date): Promise<ListState> => {
    access = overList({ roles: auditOnly.map((role) => ({ ...role, shipped: true })), special: [] });
    held = rolesBySubject(await store.markedHolders(db, auditRoles));
    list = emptyList;
    return { intact: false, what: report.what, version: report.version, checkedAt: at };
  };
  const judge = async (): Promise<ListState> => {
    const at = clock.now();
    // One moment for all that is read: a change by another process in between would look like a broken seal.
    const report = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => store.verify(tx));
    const before = state;
    const after = report.intact ? openWith(report, at) : await shutWith(report, at);
    state = after;
    if ((before?.intact ?? true) !== after.intact) await onTurn(after);
    return after;
  };
  const look = async (): Promise<void> => {
    const fresh = state?.intact && Math.abs(clock.now().getTime() - state.checkedAt.getTime()) < wholeMs;
    if (fresh && (await store.versionOf(db)) === state?.version) return;
    await judge();
  };
  return {
    holds: (...question) => access.holds(...question),
    rowFilter: (...question) => access.rowFilter(...question),
    fieldViews: (...question) => access.fieldViews(...question),
    explain: (...question) => access.explain(...question),
    rolesOf: (subjectId) => held.get(subjectId) ?? [],
    admits: (subjectId) => state?.intact !== false || held.has(subjectId),
    titleOf: (roleId) => [...list.roles, ...shipped].find(({ id }) => id === roleId)?.title ?? roleId,
    list: () => list,
    state: () => {
      if (!state) throw new Error('the access list has not been read yet');
      return state;
    },
    check: judge,
    refresh: async () => {
      const now = clock.now().getTime();
      if (state && Math.abs(now - looked) < pollMs) return;
      looking ??= look().finally(() => {
        looking = undefined;
        looked = clock.now().getTime();
      });
      await looking;
    },
    installRoles: async () => {
      const { intact } = await judge();
      if (!intact || withShippedRoles(list, shipped) === list) return;
      await inTransaction(db, (tx) =>
        store.change(
          tx,
          {
            by: { id: 'system', name: '系统', organisationId: null, ip: '' },
            what: { why: 'shipped-roles' },
            at: clock.now(),
            traceId: 'installation',
          },
          (before) => withShippedRoles(before, shipped),
        ),
      );
      await judge();
    },
  };
};
