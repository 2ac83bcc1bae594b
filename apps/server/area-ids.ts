/** The areas there are. */
export const areaIds = ['governance', 'elv'] as const;
/** One of {@link areaIds}. */
export type AreaId = (typeof areaIds)[number];
