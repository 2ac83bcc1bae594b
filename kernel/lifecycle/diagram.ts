import type { LifecycleOf } from './lifecycle.ts';
import { edgesOf } from './lint.ts';

/** The lifecycle as a Mermaid state diagram, titles in Chinese. */
export const diagramOf = <Case>(lifecycle: LifecycleOf<Case>): string => {
  const lines = ['stateDiagram-v2', `  [*] --> ${lifecycle.initial}`];
  for (const [name, state] of Object.entries(lifecycle.states)) lines.push(`  ${name} : ${state.title}`);
  for (const { from, action, to } of edgesOf(lifecycle)) {
    if (from !== to) lines.push(`  ${from} --> ${to} : ${lifecycle.actions[action]?.title ?? action}`);
  }
  for (const [name, state] of Object.entries(lifecycle.states))
    if (state.kind === 'final') lines.push(`  ${name} --> [*]`);
  return `${lines.join('\n')}\n`;
};

/** State × action × actor as a Markdown table: the golden file a reviewer reads when a lifecycle changes. */
export const matrixOf = <Case>(lifecycle: LifecycleOf<Case>): string => {
  const rows = edgesOf(lifecycle).map(({ from, action, to }) => {
    const one = lifecycle.actions[action];
    const guards = one?.guards?.map(({ name }) => name).join(' ') ?? '';
    return `| ${from} | ${action} | ${one?.by ?? ''} | ${to} | ${one?.signed ? 'signed' : ''} | ${guards} |`;
  });
  return ['| from | action | by | to | signed | guards |', '|---|---|---|---|---|---|', ...rows.sort(), ''].join('\n');
};
