/** Photographs taken further off than this from the yard are marked, unless the operator sets it otherwise. Metres. Assumption: a yard is some hundred metres across, and a phone in it may be wrong by a hundred. */
export const usualFarMetres = 1_000;
