import { sm3Hex } from '#kernel/crypto/sm3.ts';

/**
 * Enterprises in the order of a day: by a digest of day and enterprise, so that each comes first as often as any other, nobody can choose a place, and
 * everybody can check it. Source: Regulation 715 article 8 (nobody names one enterprise to the owner).
 */
export const inNeutralOrder = <T extends { readonly id: string }>(
  enterprises: readonly T[],
  day: string,
): readonly T[] =>
  enterprises
    .map((one) => ({ one, place: sm3Hex(`${day} ${one.id}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ one }) => one);

/** The same in words, for whoever chooses. */
export const neutralOrderWords =
  '列出全部现在可以接收车辆的回收企业。排列顺序每天按日期和企业编号的摘要重新排定，与企业大小、距离、评价无关，没有推荐。';
