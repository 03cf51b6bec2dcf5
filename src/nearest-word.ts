// "Did you mean …?": the known word that an unknown one is most likely a slip of.

/** So many slips at most, and never more than a third of the word, or everything would look alike. */
const DISTANCE_MAX = 3;

/** The nearest of the known words, whatever their case, or null when none is near. */
export function nearestWord(unknown: string, known: readonly string[]): string | null {
  const allowed = Math.min(DISTANCE_MAX, Math.ceil(unknown.length / 3));
  const ranked = known
    .map((word) => ({ word, distance: distance(unknown.toLowerCase(), word.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.word ?? null;
}

/** Levenshtein's distance, a row at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
