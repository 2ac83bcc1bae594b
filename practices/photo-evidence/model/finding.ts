/** At most so many repeats of one photograph are kept, the nearest first: whoever sees ten need not see the eleventh. */
export const mostFindings = 10;
