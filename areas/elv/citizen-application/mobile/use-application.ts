import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { citizenApi } from './citizen-api.ts';
import { signedOut } from './citizen-paths.ts';

/** An open application, what is under way with it, and what went wrong last. */
export interface OpenApplication {
  readonly view: OwnApplicationView;
  /** What is being done, by a name; null while nothing is. */
  readonly busy: string | null;
  readonly trouble: string;
  /**
   * Does something that answers the application as it stands then; true where that went well. One thing after the other, each upon what the one before has
   * answered: a field that is saved while the next button is touched is no conflict.
   */
  act(name: string, work: (now: OwnApplicationView) => Promise<OwnApplicationView>): Promise<boolean>;
}

/** Everything that is wrong, each thing once. */
const wordsOf = (error: unknown): string => {
  const { message, problems } = failureOf(error);
  return [...new Set([message, ...problems.map((one) => one.message)])].join('；');
};

/** One application by its id; `trouble` where it cannot be had at all. */
export const useApplication = (id: string): { readonly open?: OpenApplication; readonly trouble: string } => {
  const [view, setView] = useState<OwnApplicationView>();
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState('');
  const latest = useRef<OwnApplicationView>(undefined);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const run = useCallback(async (name: string, work: () => Promise<OwnApplicationView>): Promise<boolean> => {
    setBusy(name);
    setTrouble('');
    try {
      latest.current = await work();
      setView(latest.current);
      return true;
    } catch (error) {
      if (failureOf(error).status === 401) window.dispatchEvent(new Event(signedOut));
      setTrouble(wordsOf(error));
      return false;
    } finally {
      setBusy(null);
    }
  }, []);
  const act = useCallback<OpenApplication['act']>(
    (name, work) => {
      const going = before.current.then(() =>
        run(name, () => (latest.current ? work(latest.current) : citizenApi.get({ id }))),
      );
      before.current = going;
      return going;
    },
    [id, run],
  );
  useEffect(() => {
    void run('open', () => citizenApi.get({ id }));
  }, [id, run]);
  return view ? { open: { view, busy, trouble, act }, trouble } : { trouble };
};
