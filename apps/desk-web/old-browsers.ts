/** The standard methods the desk uses that Chromium 87 (the oldest browser we serve) does not have yet. */
const missing: readonly (readonly [holder: object, name: string, method: unknown])[] = [
  [
    Object,
    'hasOwn',
    (value: object, key: PropertyKey): boolean => Object.getOwnPropertyDescriptor(Object(value), key) !== undefined,
  ],
  [
    Map,
    'groupBy',
    (rows: Iterable<unknown>, keyOf: (row: unknown, index: number) => unknown): Map<unknown, unknown[]> => {
      const groups = new Map<unknown, unknown[]>();
      for (const [index, row] of [...rows].entries()) {
        const key = keyOf(row, index);
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return groups;
    },
  ],
  [
    Array.prototype,
    'at',
    function at(this: readonly unknown[], index: number): unknown {
      return this[index < 0 ? this.length + index : index];
    },
  ],
  [
    Array.prototype,
    'findLast',
    function findLast(this: readonly unknown[], test: (value: unknown, index: number) => boolean): unknown {
      for (let index = this.length - 1; index >= 0; index -= 1) if (test(this[index], index)) return this[index];
      return undefined;
    },
  ],
];

/** Adds what is missing, the way the standard defines it: not enumerable, so that no loop meets it. */
export const fillInForOldBrowsers = (): void => {
  for (const [holder, name, method] of missing) {
    if (!(name in holder)) Object.defineProperty(holder, name, { value: method, writable: true, configurable: true });
  }
};
