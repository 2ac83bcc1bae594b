import type { CaseView } from '../../model/vehicle-case.views.ts';

/** Whether anything the page shows is on its way: a reading, a check, a message, an outside answer. */
export const isWaiting = (view: Pick<CaseView, 'stateKind' | 'photos' | 'checks' | 'exchanges'>): boolean =>
  view.stateKind === 'wait' ||
  view.photos.some(({ ocr }) => ocr.status === 'waiting' || ocr.status === 'reading') ||
  view.checks.some(({ status }) => status === 'waiting' || status === 'retrying') ||
  view.exchanges.some(({ status }) => status === 'waiting' || status === 'retrying');

const second = 1_000;
const minute = 60 * second;

/**
 * How long until the case is asked for news again, in milliseconds; false for never.
 * Quick while something is fresh on its way, slower the longer nothing has come; a case at rest is looked at now and then.
 */
export const pulseInterval = (scene: {
  waiting: boolean;
  final: boolean;
  hidden: boolean;
  quietFor: number;
}): number | false => {
  if (scene.waiting) {
    if (scene.quietFor < 2 * minute) return 1.5 * second;
    return scene.quietFor < 20 * minute ? 6 * second : 30 * second;
  }
  return scene.final || scene.hidden ? false : 20 * second;
};

/**
 * Whether a mark tells of something the page does not show yet. The first mark comes after the page: what was on its way then may have come in between,
 * and would never be told of again.
 */
export const isNews = (last: string | undefined, mark: string | undefined, waiting: boolean): boolean => {
  if (mark === undefined) return false;
  return last === undefined ? waiting : mark !== last;
};
