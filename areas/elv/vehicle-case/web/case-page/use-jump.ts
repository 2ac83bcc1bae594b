import { useCallback, useEffect, useState } from 'react';
import { jumpTo } from '#web-kit/jump.ts';
import type { CaseView, SectionId } from '../../model/vehicle-case.views.ts';
import { sectionOfPath } from './section-path.ts';
import { sectionsOpen, sectionsShown } from './sections-shown.ts';

/** Which sections stand open, and going to a place in one of them. */
export interface Places {
  readonly isOpen: (section: SectionId) => boolean;
  readonly toggle: (section: SectionId) => void;
  readonly jump: (path: string) => void;
}

const sectionOf = (view: CaseView, path: string): SectionId | undefined => {
  if (path.startsWith('photo:')) return view.slots.find(({ part }) => path === `photo:${part}`)?.section;
  return view.sections.find(({ id }) => id === path)?.id ?? sectionOfPath(path);
};

/** Keeps which sections are open: what the person chose, else what the case's state suggests. A jump waits until its section is drawn. */
export const usePlaces = (view: CaseView): Places => {
  const [chosen, setChosen] = useState<Readonly<Partial<Record<SectionId, boolean>>>>({});
  const [target, setTarget] = useState<{ readonly path: string } | null>(null);
  const usual = sectionsOpen(sectionsShown(view));
  const isOpen = (section: SectionId): boolean => chosen[section] ?? usual.has(section);
  useEffect(() => {
    if (target) jumpTo(target.path);
  }, [target]);
  const jump = useCallback(
    (path: string) => {
      const section = sectionOf(view, path);
      if (section) setChosen((before) => ({ ...before, [section]: true }));
      setTarget({ path });
    },
    [view],
  );
  return { isOpen, jump, toggle: (section) => setChosen((before) => ({ ...before, [section]: !isOpen(section) })) };
};
