import { useAutosave } from '#web-kit/use-autosave.ts';
import type { EntryView } from '../../model/registry.views.ts';
import { entryQuery, type RegistryWeb } from '../registry-web.ts';

/** The saving of an open entry. */
export const useEntryAutosave = (registry: RegistryWeb, id: string): ReturnType<typeof useAutosave> =>
  useAutosave({
    id,
    sections: Object.keys(registry.profile.sections),
    queryKey: entryQuery(registry, id).queryKey,
    save: ({ section, changes }) => registry.api.saveSection({ id, section, changes: { ...changes } }),
    laidInto: (view: EntryView, section, { values, faults }) => ({
      ...view,
      sections: view.sections.map((one) => (one.id === section ? { ...one, values, faults } : one)),
    }),
  });
