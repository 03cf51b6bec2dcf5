// What narrows a page down stands in its address: after a reload, by the back button and for whom it is sent, it is the same page.
import { useState } from 'preact/hooks';

/** Longer words of an address are none of ours. */
const WORD_CHARS_MAX = 200;

type WordsOf<Found> = Readonly<Record<keyof Found, string>>;

/** The words of these keys in the address, and the way to change them; what is as `first` has it is left out there. */
export function useAddress<Found extends WordsOf<Found>>(
  first: Found,
): readonly [Found, (words: Found) => void] {
  const [words, setWords] = useState(() => readWords(first));
  const change = (next: Found) => {
    setWords(next);
    writeWords(first, next);
  };
  return [words, change];
}

function readWords<Found extends WordsOf<Found>>(first: Found): Found {
  const query = new URLSearchParams(location.search);
  const found = Object.keys(first).flatMap((key) => {
    const word = query.get(key);
    return word === null || word.length > WORD_CHARS_MAX ? [] : [[key, word] as const];
  });
  return { ...first, ...Object.fromEntries(found) };
}

/** In the place of the address that stands there: typing makes no steps to go back by. */
function writeWords<Found extends WordsOf<Found>>(first: Found, words: Found): void {
  const before = new Map<string, string>(Object.entries<string>(first));
  const query = new URLSearchParams(location.search);
  for (const [key, word] of Object.entries<string>(words)) {
    if (word === before.get(key) || word.length > WORD_CHARS_MAX) query.delete(key);
    else query.set(key, word);
  }
  const search = query.toString();
  history.replaceState(history.state, '', location.pathname + (search === '' ? '' : `?${search}`));
}
