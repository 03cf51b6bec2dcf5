// A number with its noun, as English writes them.

/** `1 extension`, `3 extensions`, `1 country`, `2 countries`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString('en')} ${plural}`;
}
