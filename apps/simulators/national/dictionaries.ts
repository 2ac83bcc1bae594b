/** Use natures as the national system numbers them; not the police's letters. Source: domain 2.9. */
export const nationalUseNatures: ReadonlySet<string> = new Set([...'ABCDEFGHITUVW']);

/** Fuels as the national system numbers them. Source: domain 2.9. */
export const nationalFuels: ReadonlySet<string> = new Set([...'123456789ABCD']);
