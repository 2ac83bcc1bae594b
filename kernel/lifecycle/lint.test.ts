import { describe, expect, test } from 'vitest';
import { anyBookLoan, type BookLoan } from '#testkit/book-loan.lifecycle.ts';
import type { Action, LifecycleOf, State } from './lifecycle.ts';
import { edgesOf, lint, shortestPathTo } from './lint.ts';

const known = { exchanges: ['archive.fetch'], hooks: ['stamp'] };

const changed = (change: {
  states?: Readonly<Record<string, State>>;
  actions?: Readonly<Record<string, Partial<Action<string, string, string, BookLoan>>>>;
  holds?: LifecycleOf<BookLoan>['holds'];
}): LifecycleOf<BookLoan> => ({
  ...anyBookLoan,
  states: { ...anyBookLoan.states, ...change.states },
  holds: { ...anyBookLoan.holds, ...change.holds },
  actions: {
    ...anyBookLoan.actions,
    ...Object.fromEntries(
      Object.entries(change.actions ?? {}).map(([name, action]) => [
        name,
        // A changed action keeps what the change does not name; `ask` lends the rest to a new one.
        { ...(anyBookLoan.actions[name] ?? anyBookLoan.actions.ask), ...action } as Action<
          string,
          string,
          string,
          BookLoan
        >,
      ]),
    ),
  },
});

test('T3.5: a sound lifecycle has no fault', () => {
  expect(lint(anyBookLoan, known)).toEqual([]);
});

describe('T3.5: lint refuses', () => {
  test.each<[string, Parameters<typeof changed>[0], string]>([
    [
      'a state nobody reaches',
      { states: { attic: { title: '阁楼', kind: 'final' } } },
      'state attic cannot be reached',
    ],
    ['a state nobody leaves', { actions: { giveBack: { from: ['deciding'] } } }, 'state lent has no way out'],
    [
      'a way out of an end',
      { actions: { lend: { from: ['deciding', 'refused'] } } },
      'final state refused has an exit',
    ],
    [
      'a wait no outside system ends',
      { actions: { fetched: { by: 'librarian' } } },
      'no outside system leaves wait state fetching',
    ],
    ['an unknown target', { actions: { lend: { to: 'sold' } } }, 'action lend names unknown state sold'],
    ['an unknown origin', { actions: { lend: { from: ['sold'] } } }, 'action lend names unknown state sold'],
    ['an unknown actor', { actions: { lend: { by: 'mayor' } } }, 'action lend is by unknown actor mayor'],
    [
      'a separation from nothing',
      { actions: { lend: { apartFrom: ['sell'] } } },
      'action lend is apart from unknown action sell',
    ],
    ['a hold for ever', { holds: { seal: { title: '封存' } } }, 'nobody lifts hold seal'],
    [
      'an unknown exchange',
      { actions: { lend: { effects: [{ do: 'send', connector: 'archive', exchange: 'burn' }] } } },
      'unknown exchange archive.burn',
    ],
    ['an unknown hook', { actions: { lend: { effects: [{ do: 'run', hook: 'paint' }] } } }, 'unknown hook paint'],
    [
      'an unknown notice',
      { actions: { lend: { effects: [{ do: 'tell', notice: 'gossip' }] } } },
      'unknown notice gossip',
    ],
  ])('T3.5: %s', (_what, change, fault) => {
    expect(lint(changed(change), known)).toContain(fault);
  });
});

test('T3.5: edges name every target of a choice, and a stay from each of its states', () => {
  const edges = edgesOf(anyBookLoan);
  expect(edges).toContainEqual({ from: 'asked', action: 'ask', to: 'fetching' });
  expect(edges).toContainEqual({ from: 'asked', action: 'ask', to: 'deciding' });
  expect(edges.filter(({ action }) => action === 'remark').map(({ from, to }) => [from, to])).toEqual([
    ['asked', 'asked'],
    ['deciding', 'deciding'],
    ['lent', 'lent'],
  ]);
});

describe('T3.5: the shortest path', () => {
  test('T3.5: ends with the edge asked for and is no longer than it must be', () => {
    const path = shortestPathTo(anyBookLoan, { from: 'lent', action: 'giveBack', to: 'returned' });
    expect(path?.map(({ action }) => action)).toEqual(['ask', 'lend', 'giveBack']);
  });

  test('T3.5: there is one to every edge of a sound lifecycle', () => {
    const edges = edgesOf(anyBookLoan);
    expect(edges.filter((edge) => shortestPathTo(anyBookLoan, edge)?.at(-1) !== edge)).toEqual([]);
  });

  test('T3.5: there is none from where nobody gets', () => {
    const island = changed({ states: { attic: { title: '阁楼', kind: 'work' } } });
    expect(shortestPathTo(island, { from: 'attic', action: 'fetched', to: 'lent' })).toBeUndefined();
  });
});
