// In place of `better-sqlite3`: the real one, whose connections end with the simulated process that opened them.
import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';
import { houseOrNone } from './house.ts';

const RealDatabase = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite;

export class Database extends RealDatabase {
  constructor(path: string, options?: BetterSqlite.Options) {
    super(path, options);
    houseOrNone()?.clock.current?.onDeath.push(() => this.#drop());
  }

  #drop(): void {
    try {
      this.close();
    } catch {
      // In the middle of a statement: the process is gone, and nothing of it was committed.
    }
  }
}
