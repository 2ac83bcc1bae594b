import { erasingStandings } from '#kernel/retention/erasing.store.ts';
import { setPeriods } from '#kernel/settings/setting.store.ts';
import type { ErasingView } from '../model/operating.contract.ts';
import type { OperatingParts } from './operating.parts.ts';

/** Everything that is erased by itself, and how far that has come. */
export const erasingViews = async ({ db, retentions }: OperatingParts): Promise<ErasingView[]> => {
  const [standings, set] = await Promise.all([erasingStandings(db), setPeriods(db)]);
  return retentions.map(({ id, title, keep, leastDays }) => {
    const standing = standings.find((one) => one.id === id);
    const days = set.find(({ setting }) => setting === keep.setting)?.value ?? keep.fallback;
    return {
      id,
      title,
      keptDays: Math.max(leastDays, days),
      lookedAt: standing?.lookedAt.toISOString() ?? null,
      erasedAt: standing?.erasedAt?.toISOString() ?? null,
      lastCount: standing?.lastCount ?? 0,
      wholeCount: standing?.wholeCount ?? 0,
    };
  });
};
