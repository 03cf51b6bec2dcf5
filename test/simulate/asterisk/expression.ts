// What stands in `$[ ]`, evaluated as main/ast_expr2.y does, as far as Callwarden's dialplan uses it.

type Token = string;

/** The value as text: '1' or '0' for a comparison. */
export function evaluate(text: string): string {
  const tokens = tokensOf(text);
  const value = or(tokens);
  if (tokens.length > 0) throw new Error(`An expression that the model cannot read: ${text}`);
  return value;
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\s*("(?:[^"]*)"|[!<>]=|[|&=<>+\-*/(),]|[^\s|&=<>+\-*/(),!"]+)/g)].map(
    ([, token = '']) => token,
  );
}

function or(tokens: Token[]): string {
  let left = and(tokens);
  while (tokens[0] === '|') {
    tokens.shift();
    const right = and(tokens);
    left = isSet(left) ? left : isSet(right) ? right : '0';
  }
  return left;
}

function and(tokens: Token[]): string {
  let left = comparison(tokens);
  while (tokens[0] === '&') {
    tokens.shift();
    const right = comparison(tokens);
    left = isSet(left) && isSet(right) ? left : '0';
  }
  return left;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparison(tokens: Token[]): string {
  let left = sum(tokens);
  for (;;) {
    const compare = comparisons[tokens[0] ?? ''];
    if (!compare) return left;
    tokens.shift();
    left = compare(orderOf(left, sum(tokens))) ? '1' : '0';
  }
}

function sum(tokens: Token[]): string {
  let left = product(tokens);
  while (tokens[0] === '+' || tokens[0] === '-') {
    const sign = tokens.shift() === '+' ? 1 : -1;
    left = String(Number(left) + sign * Number(product(tokens)));
  }
  return left;
}

function product(tokens: Token[]): string {
  let left = single(tokens);
  while (tokens[0] === '*' || tokens[0] === '/') {
    const isTimes = tokens.shift() === '*';
    const right = Number(single(tokens));
    left = String(isTimes ? Number(left) * right : Number(left) / right);
  }
  return left;
}

function single(tokens: Token[]): string {
  const token = tokens.shift() ?? '';
  if (token === '(') {
    const value = or(tokens);
    tokens.shift();
    return value;
  }
  if (token === 'FLOOR') {
    tokens.shift();
    const value = Math.floor(Number(or(tokens)));
    tokens.shift();
    return String(value);
  }
  return token.startsWith('"') ? token.slice(1, -1) : token;
}

/** As numbers where both are, as text otherwise. */
function orderOf(left: string, right: string): number {
  const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);
  if (isNumber(left) && isNumber(right)) return Math.sign(Number(left) - Number(right));
  return left === right ? 0 : left < right ? -1 : 1;
}

const isSet = (value: string) => value !== '' && value !== '0';
