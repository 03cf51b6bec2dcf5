// The first few of many, and how many more there are.

/** `a, b, c`, or `a, b and 7 more`. */
export function someNames(names: readonly string[], max: number, separator = ', '): string {
  const more = names.length - max;
  return more > 0 ? `${names.slice(0, max).join(separator)} and ${more} more` : names.join(separator);
}

/** All lines, or the first ones and a line that counts the others. */
export function someLines(lines: readonly string[], max: number, hint = ''): readonly string[] {
  const more = lines.length - max;
  return more > 0 ? [...lines.slice(0, max), `... and ${more} more${hint}`] : lines;
}
