import { elvWeb } from '#areas/elv/area.web.tsx';
import { governanceWeb } from '#areas/governance/area.web.tsx';
import type { AreaWeb } from '#web-kit/area-web.ts';

/** The areas of the desk in the order of the top bar. Only what exists stands here. */
export const areas: readonly AreaWeb[] = [elvWeb, governanceWeb];
