const forbidden: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'ON CONFLICT outside the dialect', pattern: /\bon\s+conflict\b/i },
  { what: 'SKIP LOCKED outside the dialect', pattern: /\bskip\s+locked\b/i },
  { what: 'identity or generated columns', pattern: /\bgenerated\s+(always|by\s+default)\b|\bserial\b|\bbigserial\b/i },
  { what: 'LATERAL', pattern: /\blateral\b/i },
  { what: 'FILTER (WHERE …)', pattern: /\bfilter\s*\(\s*where\b/i },
  { what: 'database enums', pattern: /\bcreate\s+type\b/i },
  { what: 'triggers', pattern: /\bcreate\s+(or\s+replace\s+)?trigger\b/i },
  { what: 'functions', pattern: /\bcreate\s+(or\s+replace\s+)?(function|procedure)\b/i },
  { what: 'extensions', pattern: /\bcreate\s+extension\b/i },
  { what: 'partition DDL', pattern: /\bpartition\s+(by|of)\b/i },
  { what: 'arrays', pattern: /\w\[\]|\barray\s*\[/i },
  { what: 'partial indexes', pattern: /\bcreate\s+(unique\s+)?index\b[^;]*\bwhere\b/i },
  { what: 'LISTEN or NOTIFY', pattern: /\b(listen|notify)\s+\w/i },
];

/** What in a statement lies outside the portable subset of `sql-subset.md`; the empty list for a portable one. */
export const unportable = (statement: string): readonly string[] =>
  forbidden.filter(({ pattern }) => pattern.test(statement)).map(({ what }) => what);
