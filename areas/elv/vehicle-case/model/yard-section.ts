/** The sections that are captured in the yard, each where a case waits for it, in the order of the work. Source: tender R03, R04. */
export const yardSections = ['tow', 'entry', 'dismantling'] as const;
/** One of {@link yardSections}. */
export type YardSection = (typeof yardSections)[number];
