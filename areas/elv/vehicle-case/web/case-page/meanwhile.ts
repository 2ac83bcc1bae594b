import { sameValue } from '#web-kit/autosave-queue.ts';
import { fieldText } from '#web-kit/field-text.ts';
import { formatClock } from '#web-kit/format.ts';
import { sections } from '../../model/vehicle-case.fields.ts';
import type { CaseView } from '../../model/vehicle-case.views.ts';

type Seen = Pick<CaseView, 'stateTitle' | 'timeline' | 'sections' | 'photos'>;

const newSteps = (before: Seen, after: Seen): readonly string[] => {
  const last = Math.max(0, ...before.timeline.map(({ seq }) => seq));
  return after.timeline
    .filter(({ seq }) => seq > last)
    .map(
      ({ at, actorName, title, reason }) => `${formatClock(at)} ${actorName} ${title}${reason ? `：${reason}` : ''}`,
    );
};

const changedFields = (before: Seen, after: Seen): readonly string[] =>
  after.sections.flatMap(({ id, values }) => {
    const old = before.sections.find((one) => one.id === id)?.values ?? {};
    return Object.entries(sections[id].fields)
      .filter(([name]) => !sameValue(old[name], values[name]))
      .map(([name, field]) => `${field.title}：${fieldText(field, old[name])} 改为 ${fieldText(field, values[name])}`);
  });

const changedPhotos = (before: Seen, after: Seen): readonly string[] => {
  const ids = (seen: Seen): ReadonlySet<string> => new Set(seen.photos.map(({ id }) => id));
  const had = ids(before);
  const has = ids(after);
  return [
    ...after.photos
      .filter(({ id }) => !had.has(id))
      .map(({ title, operatorName }) => `${operatorName} 新增了${title}照片`),
    ...before.photos.filter(({ id }) => !has.has(id)).map(({ title }) => `${title}照片已移除`),
  ];
};

/** What changed in a case between two looks at it, in words; empty when nothing that is shown has. */
export const changesMeanwhile = (before: Seen, after: Seen): readonly string[] => [
  ...newSteps(before, after),
  ...(before.stateTitle === after.stateTitle ? [] : [`状态由“${before.stateTitle}”变为“${after.stateTitle}”`]),
  ...changedFields(before, after),
  ...changedPhotos(before, after),
];
