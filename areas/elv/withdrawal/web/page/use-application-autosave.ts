import { useAutosave } from '#web-kit/use-autosave.ts';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import { withdrawalApi, withdrawalQuery } from '../withdrawal-api.ts';

/** The saving of an open application. */
export const useApplicationAutosave = (id: string): ReturnType<typeof useAutosave> =>
  useAutosave({
    id,
    sections: ['application'],
    queryKey: withdrawalQuery(id).queryKey,
    save: ({ changes }) => withdrawalApi.saveApplication({ id, changes: { ...changes } }),
    laidInto: (view: WithdrawalView, _section, { values, faults }) => ({
      ...view,
      application: { ...view.application, values, faults },
    }),
  });
