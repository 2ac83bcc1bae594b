import { useAutosave } from '#web-kit/use-autosave.ts';
import { type CaseView, type SectionId, sectionIds } from '../../model/vehicle-case.views.ts';
import { caseApi, caseQuery } from '../case-api.ts';

/** The saving of an open case. */
export const useCaseAutosave = (id: string): ReturnType<typeof useAutosave> =>
  useAutosave({
    id,
    sections: sectionIds,
    queryKey: caseQuery(id).queryKey,
    // Only this page's sections are typed into, and only those are read back from an earlier visit.
    save: ({ section, changes }) => caseApi.saveSection({ id, section: section as SectionId, changes: { ...changes } }),
    laidInto: (view: CaseView, section, { values, faults, warnings }) => ({
      ...view,
      sections: view.sections.map((one) => (one.id === section ? { ...one, values, faults, warnings } : one)),
    }),
  });
