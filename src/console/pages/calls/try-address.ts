// The address of the page “Try a number” with the facts of a call.

interface Facts {
  /** As it was dialled. */
  readonly number: string;
  readonly from: string;
  readonly via: string;
  readonly atMs: number;
}

export function tryAddress({ number, from, via, atMs }: Facts): string {
  const search = new URLSearchParams({ number, at: String(atMs) });
  if (from !== '') search.set('from', from);
  if (['direct', 'forward', 'transfer'].includes(via)) search.set('via', via);
  return `/try?${search.toString()}`;
}
