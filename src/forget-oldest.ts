// What is remembered has a bound: a Map and a Set keep the order of insertion, so the first key is the oldest.

/** To be called after each addition: beyond `max`, the oldest is forgotten. */
export function forgetOldest<K>(
  kept: { readonly size: number; keys(): Iterator<K>; delete(key: K): boolean },
  max: number,
): void {
  if (kept.size <= max) return;
  const oldest = kept.keys().next();
  if (oldest.done !== true) kept.delete(oldest.value);
}
