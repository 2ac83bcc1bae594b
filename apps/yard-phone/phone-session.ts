import type { Person } from '#areas/elv/vehicle-case/mobile/waiting-photo.ts';
import { openYard, type Yard } from '#areas/elv/vehicle-case/mobile/yard.ts';
import type { Remembered, YardShelf } from '#areas/elv/vehicle-case/mobile/yard-shelf.ts';
import { phoneAccountApi } from '#areas/governance/account/mobile/account-api.ts';
import type { Me } from '#areas/governance/account/model/account.contract.ts';
import { failureOf } from '#web-kit/api.ts';

/** Who is at the phone. */
export type Standing =
  | { readonly is: 'starting' }
  | { readonly is: 'out'; readonly userName: string; readonly words: string }
  /** `newcomer`: somebody else was here before. `me` is null while only this phone says who it is. */
  | { readonly is: 'in'; readonly yard: Yard; readonly me: Me | null; readonly newcomer: boolean };

/** Who is signed in on this phone, with and without network. */
export interface PhoneSession {
  readonly shelf: YardShelf;
  standing(): Standing;
  subscribe(listener: () => void): () => void;
  start(): Promise<void>;
  enter(me: Me): Promise<void>;
  /** Signs out; what is on its way stays on the phone for its owner, everything else goes. Errors: throws Failure. */
  leave(): Promise<void>;
}

/** A working day: so long a phone without network believes who was signed in. Source: assumption; the session itself lasts as long. */
const believedMs = 12 * 60 * 60_000;

const personOf = ({ id, userName, name }: Person): Person => ({ id, userName, name });

const isBelieved = ({ confirmedAt }: Remembered): boolean => Date.now() - confirmedAt < believedMs;

/** The session over a shelf. */
export const phoneSession = (shelf: YardShelf): PhoneSession => {
  const listeners = new Set<() => void>();
  let standing: Standing = { is: 'starting' };
  const become = (next: Standing): void => {
    if (standing.is === 'in' && (next.is !== 'in' || next.yard !== standing.yard)) standing.yard.close();
    standing = next;
    for (const listener of listeners) listener();
  };
  const out = (userName: string, words: string): void => become({ is: 'out', userName, words });

  const yardFor = (person: Person): Yard =>
    standing.is === 'in' && standing.yard.view().person.id === person.id
      ? standing.yard
      : openYard({ shelf, person: personOf(person), onSignedOut: (words) => void ask(words) });

  const enter = async (me: Me): Promise<void> => {
    const before = await shelf.person();
    const kept = await shelf.tasks();
    if (kept && kept.personId !== me.id) await shelf.keepTasks(null);
    await shelf.keepPerson({ ...personOf(me), confirmedAt: Date.now() });
    const others = (await shelf.photos()).some(({ takenBy, picture }) => takenBy !== me.id && picture !== null);
    become({ is: 'in', yard: yardFor(me), me, newcomer: others && before?.id !== me.id });
  };

  /** Asks the server who is signed in; `words` are why, where something else has noticed an end. */
  const ask = async (words = ''): Promise<void> => {
    const known = await shelf.person();
    try {
      await enter(await phoneAccountApi.me({}));
    } catch (error) {
      const { status, message } = failureOf(error);
      if (status === 401) return out(known?.userName ?? '', known ? words || message : '');
      if (known && isBelieved(known)) return become({ is: 'in', yard: yardFor(known), me: null, newcomer: false });
      out(known?.userName ?? '', `${message.split('；')[0]}；第一次使用，或超过 12 小时没有联网，须联网登录`);
    }
  };

  return {
    shelf,
    standing: () => standing,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      const known = await shelf.person();
      // What is on the phone is there at once; the server is asked meanwhile.
      if (known && isBelieved(known)) become({ is: 'in', yard: yardFor(known), me: null, newcomer: false });
      await ask();
    },
    enter,
    leave: async () => {
      await phoneAccountApi.signOut({});
      await shelf.keepTasks(null);
      await shelf.keepPerson(null);
      out('', '');
    },
  };
};
