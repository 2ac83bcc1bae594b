import { type ActionTitle, actionTitles } from '#areas/governance/audit-log/server/action-titles.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { connectors } from './plans.ts';

/** Titles of everything the log can name, with the exchanges of every outside system. */
export const titlesOf = (operations: readonly Operation[]): readonly ActionTitle[] =>
  actionTitles(
    operations,
    connectors.flatMap(({ id, title, exchanges }) =>
      Object.entries(exchanges).map(([name, exchange]) => ({
        id: `${id}.${name}`,
        title: `${title}：${exchange.title}`,
      })),
    ),
  );
