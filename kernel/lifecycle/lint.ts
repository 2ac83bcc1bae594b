import type { LifecycleOf } from './lifecycle.ts';
import { targetsOf } from './lifecycle.ts';

/** One edge of a lifecycle graph. */
export interface Edge {
  readonly from: string;
  readonly action: string;
  readonly to: string;
}

/** Every edge, those of `stay` actions included (from and to alike). */
export const edgesOf = <Case>(lifecycle: LifecycleOf<Case>): readonly Edge[] =>
  Object.entries(lifecycle.actions).flatMap(([name, action]) =>
    action.from.flatMap((from) => targetsOf(action, from).map((to) => ({ from, action: name, to }))),
  );

const reachable = (initial: string, edges: readonly Edge[]): ReadonlySet<string> => {
  const seen = new Set([initial]);
  for (let grew = true; grew; ) {
    const before = seen.size;
    for (const edge of edges) if (seen.has(edge.from)) seen.add(edge.to);
    grew = seen.size > before;
  }
  return seen;
};

/**
 * What is wrong with a lifecycle, as sentences; the empty list for a sound one. Refused: unknown names, unreachable states,
 * work or wait states without a way out, wait states no outside system leaves, final states with an exit, exchanges that
 * `known` (`connector.exchange`) lacks, hooks and notices that it lacks, and holds nobody lifts.
 */
export const lint = <Case>(
  lifecycle: LifecycleOf<Case>,
  known: {
    readonly exchanges: readonly string[];
    readonly hooks: readonly string[];
    readonly notices?: readonly string[];
  },
): readonly string[] => {
  const faults: string[] = [];
  const states = Object.keys(lifecycle.states);
  const edges = edgesOf(lifecycle);
  for (const [name, action] of Object.entries(lifecycle.actions)) {
    for (const state of [...action.from, ...action.from.flatMap((from) => targetsOf(action, from))]) {
      if (!states.includes(state)) faults.push(`action ${name} names unknown state ${state}`);
    }
    if (!Object.hasOwn(lifecycle.actors, action.by)) faults.push(`action ${name} is by unknown actor ${action.by}`);
    for (const other of action.apartFrom ?? []) {
      if (!Object.hasOwn(lifecycle.actions, other)) faults.push(`action ${name} is apart from unknown action ${other}`);
    }
  }
  const live = reachable(lifecycle.initial, edges);
  for (const [name, state] of Object.entries(lifecycle.states)) {
    const exits = edges.filter((edge) => edge.from === name && edge.to !== name);
    if (!live.has(name)) faults.push(`state ${name} cannot be reached`);
    if (state.kind === 'final' && exits.length > 0) faults.push(`final state ${name} has an exit`);
    if (state.kind !== 'final' && exits.length === 0) faults.push(`state ${name} has no way out`);
    const byOutside = exits.some((edge) => {
      const by = lifecycle.actions[edge.action]?.by;
      return by !== undefined && ['outside-system', 'engine'].includes(lifecycle.actors[by]?.stands ?? '');
    });
    if (state.kind === 'wait' && !byOutside) faults.push(`no outside system leaves wait state ${name}`);
  }
  for (const hold of Object.keys(lifecycle.holds)) {
    if (!Object.values(lifecycle.actions).some((action) => action.lifts === hold))
      faults.push(`nobody lifts hold ${hold}`);
  }
  const effects = [
    ...Object.values(lifecycle.actions).flatMap((action) => action.effects ?? []),
    ...Object.values(lifecycle.states).flatMap((state) => state.onEnter ?? []),
  ];
  for (const effect of effects) {
    if (effect.do === 'send' && !known.exchanges.includes(`${effect.connector}.${effect.exchange}`)) {
      faults.push(`unknown exchange ${effect.connector}.${effect.exchange}`);
    }
    if (effect.do === 'run' && !known.hooks.includes(effect.hook)) faults.push(`unknown hook ${effect.hook}`);
    if (effect.do === 'tell' && !known.notices?.includes(effect.notice)) faults.push(`unknown notice ${effect.notice}`);
  }
  return faults;
};

/** The shortest list of actions from the initial state that ends with the given edge; undefined when there is none. */
export const shortestPathTo = <Case>(lifecycle: LifecycleOf<Case>, edge: Edge): readonly Edge[] | undefined => {
  const edges = edgesOf(lifecycle).filter((one) => one.from !== one.to);
  const paths = new Map<string, readonly Edge[]>([[lifecycle.initial, []]]);
  const queue = [lifecycle.initial];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    const path = paths.get(state) ?? [];
    if (state === edge.from) return [...path, edge];
    for (const one of edges.filter(({ from }) => from === state)) {
      if (paths.has(one.to)) continue;
      paths.set(one.to, [...path, one]);
      queue.push(one.to);
    }
  }
  return undefined;
};
