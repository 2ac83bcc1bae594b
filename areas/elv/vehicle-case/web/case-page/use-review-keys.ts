import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { caseListQuery } from '../case-api.ts';
import { useOpenCase } from './case-context.tsx';
import { abilityFor, nextAfter, type ReviewKey, reviewKeyOf } from './reviewing.ts';

/** How many of the waiting cases are looked through for the next one. */
const lookAhead = 50;

/** Opens the next case that waits for this person in the same state, leaving this one as it is. */
const useNext = (): (() => Promise<void>) => {
  const { view } = useOpenCase();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return async () => {
    try {
      const filter = { mine: 'true', state: [view.state], sort: 'deadlineAt', size: lookAhead } as const;
      const { rows } = await queryClient.fetchQuery({ ...caseListQuery(filter), staleTime: 0 });
      const next = nextAfter(
        rows.map(({ id }) => id),
        view.id,
      );
      if (next === undefined) void message.info('没有其他等您办理的同类案卷');
      else await navigate({ to: '/elv/vehicle-cases/$caseId', params: { caseId: next } });
    } catch (thrown) {
      void message.error(failureOf(thrown).message);
    }
  };
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="dialog"] *'));

/** What the keys A, R and N do on the review page; silent while one types or a dialog is open. */
export const useReviewKeys = (): Readonly<Record<ReviewKey, () => void>> => {
  const { view, steps, tryNow } = useOpenCase();
  const next = useNext();
  const begin = (key: 'pass' | 'return'): void => {
    const ability = abilityFor(view.abilities, key);
    if (ability?.ready) steps.begin(ability);
    else tryNow();
  };
  const acts = { pass: () => begin('pass'), return: () => begin('return'), next: () => void next() };
  const latest = useRef({ acts, asking: steps.asked !== null });
  latest.current = { acts, asking: steps.asked !== null };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = reviewKeyOf(event);
      if (!key || event.repeat || latest.current.asking || isTyping(event.target)) return;
      event.preventDefault();
      latest.current.acts[key]();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return acts;
};
