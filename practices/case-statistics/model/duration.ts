/**
 * Durations are counted in steps of a quarter octave (each a fifth longer than the one before) from a minute to some years: 2^(1/4) keeps the error
 * of a median under a tenth, and a place of work has some twenty of them a day instead of one row for each case.
 */
const stepsPerDoubling = 4;
const shortestSeconds = 60;
const longestStep = 100;

/** The step a duration lies in; 0 for under a minute. `seconds` are whole and not negative. */
export const durationStep = (seconds: number): number =>
  seconds < shortestSeconds
    ? 0
    : Math.min(longestStep, 1 + Math.floor(Math.log2(seconds / shortestSeconds) * stepsPerDoubling));

/** Where a step begins, in seconds. */
const beginOf = (step: number): number => (step === 0 ? 0 : shortestSeconds * 2 ** ((step - 1) / stepsPerDoubling));

/** How many cases took a duration of a step. */
export interface StepCount {
  readonly step: number;
  readonly count: number;
}

/** The duration that so many of a hundred do not exceed, in seconds, to within a tenth; null where there is nothing. */
export const durationAt = (counts: readonly StepCount[], percent: number): number | null => {
  // Counts of one step may come in pieces: of several enterprises, added up and not.
  const byStep = new Map<number, number>();
  for (const { step, count } of counts) byStep.set(step, (byStep.get(step) ?? 0) + count);
  const wanted = ([...byStep.values()].reduce((sum, count) => sum + count, 0) * percent) / 100;
  let before = 0;
  for (const [step, count] of [...byStep].sort(([a], [b]) => a - b)) {
    if (before + count >= wanted && count > 0) {
      const [begin, end] = [beginOf(step), beginOf(step + 1)];
      return Math.round(begin + ((end - begin) * (wanted - before)) / count);
    }
    before += count;
  }
  return null;
};
