import { useQueryClient } from '@tanstack/react-query';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { type Steps, stepsBefore, useSteps } from '#web-kit/use-steps.ts';
import type { PeopleAction } from '../../model/withdrawal.steps.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import { withdrawalListsKey, withdrawalQuery, withdrawalSteps } from '../withdrawal-api.ts';

/** What this person could do now. */
export type Ability = WithdrawalView['abilities'][number];
/** What a step came to. */
export type StepOutput = Awaited<ReturnType<(typeof withdrawalSteps)[PeopleAction]>>;

/** Takes steps of a withdrawal for the signed-in person. `done` is told what came of each. */
export const useWithdrawalSteps = (
  view: WithdrawalView,
  saver: Autosave,
  done: (ability: Ability, output: StepOutput) => void,
): Steps<Ability> => {
  const queryClient = useQueryClient();
  const { queryKey } = withdrawalQuery(view.id);
  return useSteps({
    saver,
    done,
    take: ({ action }, key, input) => {
      const { version } = queryClient.getQueryData(queryKey) ?? view;
      // Abilities are named by the actions of the definition.
      return withdrawalSteps[action as PeopleAction]({ id: view.id, version, key, input });
    },
    refresh: () => {
      void queryClient.invalidateQueries({ queryKey: withdrawalListsKey });
      // The case goes with its withdrawal, whatever page of it is open next.
      void queryClient.invalidateQueries({ queryKey: ['elv', 'vehicle-case'] });
      return queryClient.invalidateQueries({ queryKey });
    },
    meanwhile: async (failure) => {
      if (failure.status === 409) await queryClient.invalidateQueries({ queryKey });
      return stepsBefore(failure);
    },
  });
};
