import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { type Steps, useSteps } from '#web-kit/use-steps.ts';
import type { Ability, CaseView } from '../../model/vehicle-case.views.ts';
import { caseListsKey, caseQuery } from '../case-api.ts';
import { changesMeanwhile } from './meanwhile.ts';
import { type StepOutput, takeStep } from './step-api.ts';

/** How the case had changed when a step came too late; nothing when that cannot be found out now. */
const meanwhileOf = async (queryClient: QueryClient, before: CaseView): Promise<readonly string[]> => {
  try {
    return changesMeanwhile(before, await queryClient.fetchQuery({ ...caseQuery(before.id), staleTime: 0 }));
  } catch (thrown) {
    // The refusal itself is shown; that the news could not be fetched is part of it.
    return [failureOf(thrown).message];
  }
};

/** Takes steps of a case for the signed-in person. `done` is told what came of each. */
export const useCaseSteps = (
  view: CaseView,
  saver: Autosave,
  done: (ability: Ability, output: StepOutput) => void,
): Steps<Ability> => {
  const queryClient = useQueryClient();
  const { queryKey } = caseQuery(view.id);
  // What the person had before them when they began the step; the page goes on showing news behind the dialog.
  const begun = useRef(view);
  const current = (): CaseView => queryClient.getQueryData(queryKey) ?? view;
  const steps = useSteps<Ability, StepOutput>({
    saver,
    done,
    take: ({ action }, key, input) => takeStep(action, { id: view.id, version: current().version, key, input }),
    refresh: () => {
      void queryClient.invalidateQueries({ queryKey: caseListsKey });
      return queryClient.invalidateQueries({ queryKey });
    },
    meanwhile: ({ status }) => (status === 409 || status === 422 ? meanwhileOf(queryClient, begun.current) : []),
  });
  return {
    ...steps,
    begin: (ability) => {
      begun.current = current();
      steps.begin(ability);
    },
  };
};
