// Asterisk's extension matching, as far as the tests of generated patterns need it: X, Z, N, sets, `.` and `!`.

/** True where an extension pattern (without its underscore) matches the dialled digits. */
export function asteriskMatches(pattern: string, dialled: string): boolean {
  return asteriskPattern(pattern).test(dialled);
}

/** What an extension pattern (without its underscore) matches. */
export function asteriskPattern(pattern: string): RegExp {
  let source = '^';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '[') {
      const end = pattern.indexOf(']', at);
      source += pattern.slice(at, end + 1);
      at = end;
    } else if (char === '.') source += '.+';
    else if (char === '!') source += '.*';
    else source += { X: '[0-9]', Z: '[1-9]', N: '[2-9]' }[char] ?? `\\${char}`;
  }
  return new RegExp(`${source.replace(/\\(\d)/g, '$1')}$`);
}
