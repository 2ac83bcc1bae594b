/** Digits that belong together are often written with blanks, dots or strokes between them. */
const between = /(?<=[0-9A-Za-z])[\s.·\-—–_]+(?=[0-9A-Za-z])/g;
/** Fifteen letters and digits or more in a row: numbers of identity papers, and whatever is as long. Eleven digits: telephones. */
const personal = /[0-9A-Za-z]{15,}|\d{11,}/;

/** What stands for a reason that is not told outside. */
export const reasonInCase = '原因见案卷';

/**
 * A reason as it may go to enterprises' own systems: people write it freely, so one that holds what may be the number of a person or a telephone is not told, and is read on the desk. A name
 * in it cannot be known from any other word. Source: adr/0045; T5.3.
 */
export const toldReason = (reason: string | null): string | null =>
  reason !== null && personal.test(reason.normalize('NFKC').replace(between, '')) ? reasonInCase : reason;
