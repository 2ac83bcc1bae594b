import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Autosave } from '#web-kit/autosave-loop.ts';
import { type Steps, stepsBefore, useSteps } from '#web-kit/use-steps.ts';
import type { entryStepOutput } from '../../model/registry.steps.ts';
import type { EntryAbility, EntryView } from '../../model/registry.views.ts';
import { entryQuery, listsKey, type RegistryWeb } from '../registry-web.ts';

/** What a step came to. */
export type StepOutput = z.output<typeof entryStepOutput>;

/** Takes steps of an entry for the signed-in person. `done` is told what came of each. */
export const useEntrySteps = (
  registry: RegistryWeb,
  view: EntryView,
  saver: Autosave,
  done: (ability: EntryAbility, output: StepOutput) => void,
): Steps<EntryAbility> => {
  const queryClient = useQueryClient();
  const { queryKey } = entryQuery(registry, view.id);
  return useSteps({
    saver,
    done,
    take: async ({ action }, key, input) => {
      const { version } = queryClient.getQueryData(queryKey) ?? view;
      const step = registry.steps[action];
      if (!step) throw new Error(`there is no step ${action}`);
      return step({ id: view.id, version, key, input });
    },
    refresh: () => {
      void queryClient.invalidateQueries({ queryKey: listsKey(registry) });
      return queryClient.invalidateQueries({ queryKey });
    },
    meanwhile: async (failure) => {
      if (failure.status === 409) await queryClient.invalidateQueries({ queryKey });
      return stepsBefore(failure);
    },
  });
};
