// What is written about a call once it is set up: all of it, in order, also where one of it fails.
import { expect, it } from 'vitest';
import { Afterwards } from '../../src/daemon/afterwards.ts';

it('does all that was kept, in order, though one throws', () => {
  const failed: unknown[] = [];
  const done: number[] = [];
  const afterwards = new Afterwards((error) => failed.push(error));
  const mistake = new TypeError('a mistake');
  afterwards.do(() => done.push(1));
  afterwards.do(() => {
    throw mistake;
  });
  afterwards.do(() => done.push(3));
  expect(done).toEqual([]);
  afterwards[Symbol.dispose]();
  expect([done, failed]).toEqual([[1, 3], [mistake]]);
});
