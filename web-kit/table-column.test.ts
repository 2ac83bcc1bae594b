import { describe, expect, test } from 'vitest';
import { type Column, chosenColumns, nextOrder, pinnedOffsets } from './table-column.ts';

const column = (key: string, more: Partial<Column<unknown>> = {}): Column<unknown> => ({
  key,
  title: key,
  width: 100,
  cell: () => null,
  ...more,
});
const columns = [
  column('plate', { pinned: true, fixed: true }),
  column('vin', { pinned: true, width: 180 }),
  column('owner'),
  column('round', { extra: true }),
];
const keys = (of: readonly Column<unknown>[]): string[] => of.map(({ key }) => key);

describe('columns of a table', () => {
  test('without a choice the extra ones stay away', () => {
    expect(keys(chosenColumns(columns, null))).toEqual(['plate', 'vin', 'owner']);
  });

  test('a choice keeps the order of the table, the fixed ones, and forgets names that are gone', () => {
    expect(keys(chosenColumns(columns, ['round', 'gone', 'vin']))).toEqual(['plate', 'vin', 'round']);
  });

  test('pinned columns stand side by side', () => {
    expect([...pinnedOffsets(columns)]).toEqual([
      ['plate', 0],
      ['vin', 100],
    ]);
  });

  test('a head clicked again turns the order round', () => {
    const orders = [
      { sort: '-openedAt', direction: 'descending' },
      { sort: 'openedAt', direction: 'ascending' },
    ] as const;
    expect(nextOrder(orders, undefined)).toBe('-openedAt');
    expect(nextOrder(orders, '-openedAt')).toBe('openedAt');
    expect(nextOrder(orders, 'openedAt')).toBe('-openedAt');
    expect(nextOrder([{ sort: 'deadlineAt', direction: 'ascending' }], 'deadlineAt')).toBe('deadlineAt');
  });
});
