import { z } from 'zod';
import { type CallsOn, offer, offerCall } from '#kernel/area/offer.ts';
import type { Offers } from '#kernel/area/offers.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { tender } from '#kernel/source/source.ts';
import type { Clock } from '#kernel/time/clock.ts';

const organisation = z.object({
  id: z.string(),
  name: z.string(),
  creditCode: z.string(),
  districtCode: z.string(),
  kind: z.string(),
});

/** An organisation as it is called and placed now. */
export type Organisation = z.output<typeof organisation>;

const registrar = z.object({
  actor: z.object({ id: z.string(), name: z.string(), organisationId: z.string().nullable(), ip: z.string() }),
  at: z.iso.datetime(),
  traceId: z.string(),
});

/** Who registers an organisation, for the log. */
export type Registrar = z.output<typeof registrar>;

/** Organisations, offered by the area that keeps them: the one that says what an enterprise is called, its credit code and its district. */
export const organisationsOffer = offer({
  id: 'organisations',
  title: '单位',
  source: tender(42, 49),
  by: 'one',
  calls: {
    all: offerCall({ input: z.object({}), output: z.array(organisation).readonly() }),
    find: offerCall({ input: z.object({ id: z.string() }), output: organisation.nullable() }),
    /** Registers one with its entry in the log; the very same again is the one there is. Null where the credit code is another's. */
    register: offerCall({
      input: organisation.omit({ id: true }).extend({ by: registrar }),
      output: organisation.nullable(),
    }),
  },
});

/**
 * Where organisations are kept: the one place that says what an enterprise is called, its credit code and its district. A registry keeps their
 * ids only, and asks whenever it shows, searches or judges.
 */
export interface Organisations {
  all(db: Db | Tx): Promise<readonly Organisation[]>;
  find(db: Db | Tx, id: string): Promise<Organisation | undefined>;
  /** Registers one, apart from any transaction of the caller's; the very same again is the one there is. Undefined where the credit code is another's. */
  register(one: Omit<Organisation, 'id'>, by: Registrar): Promise<Organisation | undefined>;
}

/** So long the copy of another process's list serves where it could not be renewed: names and districts seldom change. Milliseconds. */
const oldestMs = 10 * 60_000;

type Calls = CallsOn<typeof organisationsOffer>;

/** Organisations as a process asks for them. */
export interface FollowedOrganisations extends Organisations {
  /** Renews the copy of a list that another process keeps; to be done every few seconds, or a new name is not known. */
  follow(): Promise<void>;
}

/** Where organisations are kept by another process a copy of their list is looked at: most steps ask for one, and none is to wait for another process in its transaction. */
const copied = (calls: Calls, clock: Clock): FollowedOrganisations => {
  let copy: { readonly at: number; readonly all: readonly Organisation[] } | undefined;
  let asking: Promise<readonly Organisation[]> | undefined;
  const ask = async (): Promise<readonly Organisation[]> => {
    const at = clock.now().getTime();
    const all = await calls.all({});
    copy = { at, all };
    return all;
  };
  const renewed = (): Promise<readonly Organisation[]> => {
    // Whoever asks meanwhile waits for the same answer.
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const all = async (): Promise<readonly Organisation[]> =>
    copy && Math.abs(clock.now().getTime() - copy.at) < oldestMs ? copy.all : renewed();
  return {
    all,
    // One that another process has registered a moment ago is not in the copy.
    find: async (_, id) => (await all()).find((one) => one.id === id) ?? (await calls.find({ id })) ?? undefined,
    follow: async () => {
      await renewed();
    },
    register: async (one, by) => {
      const made = await calls.register({ ...one, by });
      if (made && copy) copy = { ...copy, all: [...copy.all.filter(({ id }) => id !== made.id), made] };
      return made ?? undefined;
    },
  };
};

/** Organisations over what their area offers, wherever it runs. */
export const organisationsOver = (offers: Offers, clock: Clock): FollowedOrganisations => {
  const calls = offers.of(organisationsOffer);
  return offers.isHere(organisationsOffer)
    ? {
        all: (db) => calls.all({}, db),
        find: async (db, id) => (await calls.find({ id }, db)) ?? undefined,
        follow: async () => undefined,
        register: async (one, by) => (await calls.register({ ...one, by })) ?? undefined,
      }
    : copied(calls, clock);
};
