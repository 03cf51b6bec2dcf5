// What a body names: JSON leaves out what it does not, and never says undefined, which the schemas' types cannot tell.
import assert from 'node:assert';

export type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

export function given<T extends object>(body: T): Given<T> {
  assert(isGiven(body));
  return body;
}

function isGiven<T extends object>(body: T): body is T & Given<T> {
  return Object.values(body).every((value) => value !== undefined);
}
