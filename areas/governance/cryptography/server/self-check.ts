import type { ControlView, Evidence, SelfCheckView } from '../model/cryptography.contract.ts';
import { type Control, controls } from './controls.ts';
import type { CryptographyParts } from './cryptography.parts.ts';
import { type ProbeName, probes } from './probes.ts';

/** Runs the self-check, and remembers how it came out. */
export interface SelfCheck {
  /** The last one, or one made now when it is older than some minutes. */
  latest(): Promise<SelfCheckView>;
  now(): Promise<SelfCheckView>;
}

const freshMs = 10 * 60_000;

const verdictOf = ({ cloud, probes: names }: Control, evidence: readonly Evidence[]): ControlView['verdict'] => {
  if (evidence.some(({ good }) => good === false)) return 'attention';
  // Nothing shows it here: where the platform has a part in it, it is the platform's to show.
  const shown = names.length > 0 && evidence.some(({ good }) => good === true);
  return !shown && cloud !== null ? 'cloud' : 'met';
};

const probe = async (name: ProbeName, parts: CryptographyParts): Promise<readonly Evidence[]> => {
  try {
    return await probes[name](parts);
  } catch (error) {
    parts.onFailure(error);
    return [{ good: false, text: '这一项没有查成，原因已记入运行日志' }];
  }
};

/** Each thing is looked at once, for however many controls it is evidence. */
const run = async (parts: CryptographyParts): Promise<SelfCheckView> => {
  const found = new Map<ProbeName, readonly Evidence[]>();
  for (const name of new Set(controls.flatMap((control) => control.probes))) found.set(name, await probe(name, parts));
  return {
    checkedAt: parts.clock.now().toISOString(),
    controls: controls.map((control) => {
      const evidence = control.probes.flatMap((name) => [...(found.get(name) ?? [])]);
      const { id, standard, layer, title, how, cloud } = control;
      return { id, standard, layer, title, how, cloud, evidence, verdict: verdictOf(control, evidence) };
    }),
  };
};

/** A self-check over the running system. Everything it tells is computed when it is made. Source: tender T4, T5; GB/T 39786, GB/T 22239 level three. */
export const selfCheckOf = (parts: CryptographyParts): SelfCheck => {
  let last: SelfCheckView | undefined;
  let running: Promise<SelfCheckView> | undefined;
  const now = (): Promise<SelfCheckView> => {
    running ??= run(parts)
      .then((view) => {
        last = view;
        return view;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return {
    now,
    latest: async () => (last && parts.clock.now().getTime() - Date.parse(last.checkedAt) < freshMs ? last : now()),
  };
};
