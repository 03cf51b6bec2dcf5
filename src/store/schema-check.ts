// Whether the file holds the tables, indexes and triggers that callwarden makes, and nothing else.
import Database from 'better-sqlite3';
import { AppError } from '../errors.ts';

/** Named in the error, at most. */
const NAMED_MAX = 5;

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Without SQLite's own: automatic indexes, its sequence, what ANALYZE leaves. */
const OBJECTS = `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

const objectsOf = (db: Database.Database): ReadonlyMap<string, string | null> =>
  new Map(
    db
      .prepare<[], SchemaRow>(OBJECTS)
      .all()
      .map(({ type, name, sql }) => [`${type} ${name}`, sql]),
  );

/** Of this program's schema; made once, in memory, by the very steps that make it in a file. */
let expected: ReadonlyMap<string, string | null> | null = null;

function expectedOf(steps: readonly string[]): ReadonlyMap<string, string | null> {
  if (expected) return expected;
  const db = new Database(':memory:');
  try {
    for (const sql of steps) db.exec(sql);
    expected = objectsOf(db);
    return expected;
  } finally {
    db.close();
  }
}

/**
 * A trigger that somebody slipped in would change what is written behind our back, and its work would be sealed as
 * ours. Throws `AppError('conflict')` that names what is too much, missing or different. `steps` make the schema that
 * the file must have.
 */
export function refuseOtherSchema(db: Database.Database, path: string, steps: readonly string[]): void {
  const found = objectsOf(db);
  const wanted = expectedOf(steps);
  const wrong = [
    ...[...found.keys()].filter((name) => !wanted.has(name)).map((name) => `${name} is not callwarden's`),
    ...[...wanted.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...[...wanted].flatMap(([name, sql]) =>
      found.has(name) && found.get(name) !== sql ? [`${name} was altered`] : [],
    ),
  ];
  if (wrong.length === 0) return;
  const more = wrong.length > NAMED_MAX ? ` and ${wrong.length - NAMED_MAX} more` : '';
  throw new AppError(
    'conflict',
    `The database ${path} was altered by hand: ${wrong.slice(0, NAMED_MAX).join(', ')}${more}. Take that back ` +
      'with the sqlite3 program, or put the last backup in its place with `callwarden restore`.',
  );
}
