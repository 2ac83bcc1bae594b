import { type AuditFact, serverActor } from '#kernel/audit/fact.ts';
import { checkRelease, type ReleaseState, releaseFaults } from '#kernel/crypto/release-manifest.ts';
import { type Settings, SettingsWrong } from './settings.ts';

/** How the program files stand against their manifest; looked at when there is one. Source: tender T5.3. */
export const checkAtStart = (settings: Settings, home: string, now: Date): Promise<ReleaseState> =>
  checkRelease(home, now, settings.releasePublicKey);

const mostNamed = 50;

/**
 * Tells of a release that is not as it was made: in the security log, on the terminal, and, where the settings say so, by not starting. In production a missing
 * manifest counts as well. Errors: throws {@link SettingsWrong}.
 */
export const tellRelease = async (
  state: ReleaseState,
  { mode, releaseCheck }: Pick<Settings, 'mode' | 'releaseCheck'>,
  leave: (fact: AuditFact) => Promise<unknown>,
  say: (text: string) => void,
): Promise<void> => {
  const absent = state.state === 'none' && mode === 'production';
  const faults = absent ? ['没有发布清单 release-manifest.json，程序完整性无法核对'] : releaseFaults(state);
  if (faults.length === 0) return;
  const { changed, missing, added, signatureGood, fingerprint } = state;
  const named = (files: readonly string[]): readonly string[] => files.slice(0, mostNamed);
  await leave({
    at: state.checkedAt,
    kind: 'security',
    action: 'kernel.release.broken',
    actor: serverActor,
    object: null,
    outcome: 'failed',
    detail: {
      state: state.state,
      signatureGood,
      fingerprint,
      changed: named(changed),
      missing: named(missing),
      added: named(added),
    },
    traceId: 'release-check',
  });
  const text = `程序文件与发布清单不符：\n  ${faults.join('\n  ')}`;
  if (releaseCheck === 'refuse') throw new SettingsWrong(`${text}\n设置 RELEASE_CHECK=refuse，不启动`);
  say(text);
};
