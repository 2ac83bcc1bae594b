import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { openCopying } from './copy.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await aDatabase([]);
});
afterAll(() => database.close());

test('T2.2: a connection goes on after a copy, wherever in a piece the table ended', async () => {
  const connection = await openCopying(database.url);
  // Pieces are of 64 kB: some of these tables end within what came together with the end of a piece.
  for (let rows = 60; rows <= 75; rows += 1) {
    let bytes = 0;
    for await (const piece of connection.copyOut(
      `copy (select repeat('x', 1023) from generate_series(1, ${rows})) to stdout`,
    ))
      bytes += (piece as Buffer).length;
    expect(bytes).toBe(rows * 1_024);
    const answer = await connection.transaction((tx) => sql<{ one: number }>`select 1 as one`.execute(tx));
    expect(answer.rows).toEqual([{ one: 1 }]);
  }
  await connection.close();
});
