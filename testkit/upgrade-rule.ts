/** A migration as the rule reads it. */
interface Change {
  readonly id: string;
  readonly sql: string;
}

/** A statement of a migration that the version before could not live with, or that would keep it waiting, and what is wrong with it. */
export interface Objection {
  readonly statement: string;
  readonly why: string;
}

const name = '([\\w.]+)';
/** One that may be there already is none of the migration's own. */
const creating = new RegExp(`^create table (?!if not exists )${name}`, 'i');
const indexing = new RegExp(`^create (?:unique )?index ${name} on ${name}`, 'i');
const altering = new RegExp(`^alter table ${name} (.+)$`, 'is');

/** One action of `alter table`; undefined where the version before does not notice. */
const objectionToAction = (action: string): string | undefined => {
  if (!/^add column /i.test(action)) return 'only columns may be added to a table that is in use';
  if (/ (references|unique|primary key|check)\b/i.test(action))
    return 'a constraint that what the version before writes may break';
  if (/ default /i.test(action) && !/ default ('[^']*'|-?[\d.]+|true|false|null)( not null)?$/i.test(action))
    return 'a default that is worked out writes the whole table anew: give it a constant';
  if (/ not null/i.test(action) && !/ default /i.test(action))
    return 'a column that must be filled, which the version before does not know: give it a constant default';
  return undefined;
};

/** Commas outside of brackets part the actions. */
const actionsOf = (text: string): readonly string[] =>
  text.split(/,(?![^(]*\))/).map((action) => action.replace(/\s+/g, ' ').trim());

const objectionTo = (statement: string, fresh: ReadonlySet<string>): string | undefined => {
  if (/^create table if not exists /i.test(statement)) return 'a table that may be there already, with another shape';
  const pointedAt = [...statement.matchAll(/ references ([\w.]+)/gi)].map(([, to]) => to ?? '');
  if (/^create table /i.test(statement) && pointedAt.some((to) => !fresh.has(to)))
    return 'a key into a table that is in use: the version before could not remove its rows';
  if (/^create (table|schema) /i.test(statement)) return undefined;
  const table = indexing.exec(statement)?.[2] ?? altering.exec(statement)?.[1];
  if (table !== undefined && fresh.has(table)) return undefined;
  const actions = altering.exec(statement)?.[2];
  if (actions !== undefined)
    return actionsOf(actions)
      .map(objectionToAction)
      .find((why) => why !== undefined);
  if (/^create unique/i.test(statement)) return 'a key that what the version before writes may break';
  if (table !== undefined)
    return 'an index on a table that is in use keeps writers waiting while it is made: only where the table is small';
  if (/^insert into [^']+ values /i.test(statement)) return undefined;
  return 'neither a new table, nor a new column, nor new rows';
};

/**
 * What in a migration the version before could not live with. An upgrade runs it while that version still serves: it may add tables, columns and rows, and nothing
 * that drops, renames, forbids or locks for long. What a later release no longer needs is dropped by one after. Source: tender T2.2; ADR 0056.
 */
export const objectionsTo = ({ sql }: Change): readonly Objection[] => {
  const statements = sql
    .replace(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '');
  const fresh = new Set(statements.flatMap((statement) => creating.exec(statement)?.[1] ?? []));
  return statements.flatMap((statement) => {
    const why = objectionTo(statement, fresh);
    return why === undefined ? [] : [{ statement, why }];
  });
};
