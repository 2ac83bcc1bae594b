/** Where a rule comes from: a tender row, a law, a standard, or our own assumption (which an owner must confirm). */
export type Source =
  | { readonly kind: 'tender'; readonly rows: readonly string[] }
  | { readonly kind: 'rule'; readonly document: string; readonly clause: string }
  | { readonly kind: 'standard'; readonly standard: string; readonly clause: string }
  | { readonly kind: 'assumption'; readonly note: string; readonly adr?: string };

/** Tender rows, by number (`tender(1, 2)` is R01, R02) or by target id (`tender('T2.10')`). */
export const tender = (...rows: readonly (number | string)[]): Source =>
  Object.freeze({
    kind: 'tender',
    rows: Object.freeze(rows.map((row) => (typeof row === 'number' ? `R${String(row).padStart(2, '0')}` : row))),
  });

/** A law or regulation with its article. */
export const rule = (document: string, clause: string): Source => Object.freeze({ kind: 'rule', document, clause });

/** A technical standard with its clause. */
export const standard = (id: string, clause: string): Source =>
  Object.freeze({ kind: 'standard', standard: id, clause });

/** Our own assumption: listed for the owner to confirm. */
export const assumption = (note: string, adr?: string): Source =>
  Object.freeze({ kind: 'assumption', note, ...(adr === undefined ? {} : { adr }) });

/** The source in words, for documents and tooltips. */
export const describeSource = (source: Source): string => {
  switch (source.kind) {
    case 'tender':
      return `招标需求 ${source.rows.join('、')}`;
    case 'rule':
      return `《${source.document}》${source.clause}`;
    case 'standard':
      return `${source.standard} ${source.clause}`;
    case 'assumption':
      return `待确认：${source.note}`;
  }
};
