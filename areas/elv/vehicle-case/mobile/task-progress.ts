import type { YardPhoto, YardSlot, YardTask } from '../model/yard-task.contract.ts';
import type { WaitingPhoto } from './waiting-photo.ts';
import type { WaitingText } from './yard-shelf.ts';

/** A place for photographs with what stands in it, on the server and on this phone. */
export interface SlotView extends Omit<YardSlot, 'photos'> {
  readonly there: readonly YardPhoto[];
  readonly here: readonly WaitingPhoto[];
  readonly status: 'missing' | 'refused' | 'waiting' | 'there';
}

const statusOf = (there: readonly YardPhoto[], here: readonly WaitingPhoto[]): SlotView['status'] => {
  if (here.some(({ state }) => state === 'refused')) return 'refused';
  if (here.length > 0) return 'waiting';
  return there.length > 0 ? 'there' : 'missing';
};

/** The places of a task as this phone knows them. */
export const slotsOfTask = (task: YardTask, photos: readonly WaitingPhoto[]): readonly SlotView[] =>
  task.slots.map(({ photos: stored, ...slot }) => {
    const here = photos.filter(({ caseId, part }) => caseId === task.caseId && part === slot.part);
    const replaced = here.flatMap(({ replaces }) => replaces);
    // A place for one photograph is emptied by the server when the next one comes.
    const there = stored.filter(({ id }) => !replaced.includes(id) && (slot.many || here.length === 0));
    const unsent = here.filter(({ photoId }) => photoId === null || !stored.some(({ id }) => id === photoId));
    return { ...slot, there, here: unsent, status: statusOf(there, unsent) };
  });

const isTaken = ({ status }: SlotView): boolean => status === 'there' || status === 'waiting';

/** How many of the photographs that must be there have been taken, on their way or not. */
export const progressOf = (slots: readonly SlotView[]): { readonly taken: number; readonly of: number } => {
  const required = slots.filter((slot) => slot.required);
  return { taken: required.filter(isTaken).length, of: required.length };
};

/** The next place that must be filled and is not, after the one named and then from the beginning; undefined when none is left. */
export const nextMissing = (slots: readonly SlotView[], after?: string): SlotView | undefined => {
  const from = slots.findIndex(({ part }) => part === after) + 1;
  return [...slots.slice(from), ...slots.slice(0, from)].find((slot) => slot.required && !isTaken(slot));
};

/** What still stands in the way of handing the section in, as this phone knows it: photographs told by their places, the rest by the server. */
export const otherObstacles = (task: YardTask, text: WaitingText | undefined): readonly string[] =>
  task.step.missing
    .filter(({ path }) => !path.startsWith('photo:'))
    .filter(({ path }) => !(text && Object.hasOwn(text.changes, path.split('.')[1] ?? '')))
    .map(({ message }) => message);

/** Why the section cannot be handed in from here at this moment; empty when it can. */
export const obstaclesTo = (
  task: YardTask,
  slots: readonly SlotView[],
  text: WaitingText | undefined,
  reached: boolean,
): readonly string[] => {
  const missing = slots.filter((slot) => slot.required && !isTaken(slot)).map(({ title }) => title);
  const waiting = slots.reduce((sum, { here }) => sum + here.length, 0);
  return [
    ...(missing.length > 0 ? [`还缺 ${missing.length} 张照片：${missing.join('、')}`] : []),
    ...otherObstacles(task, text),
    ...(waiting > 0 ? [`还有 ${waiting} 张照片没有送到服务器`] : []),
    ...(text ? ['填写的内容还没有保存到服务器'] : []),
    ...(reached ? [] : ['现在没有网络，连上后才能提交']),
  ];
};
