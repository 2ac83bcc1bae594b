import { useState } from 'react';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Focus } from '#web-kit/use-picture.ts';
import type { Ability, CaseView, SectionId } from '../../model/vehicle-case.views.ts';
import type { Looking, OpenCase } from './case-context.tsx';
import type { StepOutput } from './step-api.ts';
import { useCaseAutosave } from './use-case-autosave.ts';
import { useCaseSteps } from './use-case-steps.ts';
import { usePlaces } from './use-jump.ts';
import { usePhotoUploads } from './use-photo-uploads.ts';

/** Looking at photographs, at none to begin with. */
export const useLooking = (): Looking => {
  const [photoId, setPhotoId] = useState<string | null>(null);
  const [focus, setFocus] = useState<Focus | null>(null);
  return {
    photoId,
    focus,
    show: (id, box) => {
      setPhotoId(id);
      setFocus(box ? { fileId: id, box } : null);
    },
    close: () => setPhotoId(null),
  };
};

const valuesOf = (view: CaseView): Readonly<Partial<Record<SectionId, AnyDraft>>> =>
  Object.fromEntries(view.sections.map(({ id, values }) => [id, values]));

/** Everything the page of one case works with. `done` is told of every step that was taken. */
export const useOpenCaseState = (view: CaseView, done: (ability: Ability, output: StepOutput) => void): OpenCase => {
  const { saver, save } = useCaseAutosave(view.id);
  const steps = useCaseSteps(view, saver, done);
  const looking = useLooking();
  const { uploads, act } = usePhotoUploads(view.id, (photoId) => looking.show(photoId));
  const places = usePlaces(view);
  const [opened] = useState(() => valuesOf(view));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  return {
    view,
    saver,
    save,
    steps,
    uploads,
    photos: act,
    looking,
    opened,
    left,
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    tried,
    tryNow: () => setTried(true),
    ...places,
  };
};
