// Emergency numbers, recognised before anything else and by exact match only (I1).
import type { CompiledPlan } from './compile-plan.ts';

const privacyCode = /^\*\d\d/;

/**
 * The emergency number that a string without separators is, or null. Around it may stand, each once and in any
 * order, an outside prefix, a `+` (soft phones force one) and a `*NN` privacy code; behind it one `#`.
 */
export function emergencyService(compact: string, plan: CompiledPlan): string | null {
  if (compact.length > plan.emergencyCharactersMax) return null;
  const bare = compact.endsWith('#') ? compact.slice(0, -1) : compact;
  return undress(bare, plan, { outside: true, plus: true, privacy: true });
}

interface Allowed {
  readonly outside: boolean;
  readonly plus: boolean;
  readonly privacy: boolean;
}

function undress(text: string, plan: CompiledPlan, allowed: Allowed): string | null {
  if (plan.shortNumbers.emergency.has(text)) return text;
  if (allowed.plus && text.startsWith('+')) return undress(text.slice(1), plan, { ...allowed, plus: false });
  if (allowed.privacy && privacyCode.test(text)) {
    return undress(text.slice(3), plan, { ...allowed, privacy: false });
  }
  if (!allowed.outside) return null;
  for (const prefix of plan.outsidePrefixes) {
    if (!text.startsWith(prefix)) continue;
    const service = undress(text.slice(prefix.length), plan, { ...allowed, outside: false });
    if (service !== null) return service;
  }
  return null;
}

/** Every exact string that reaches an emergency service: each number bare and with each outside prefix, sorted. */
export function emergencyNumbersOf(plan: CompiledPlan): readonly string[] {
  const bare = [...plan.shortNumbers.emergency];
  const prefixed = plan.outsidePrefixes.flatMap((prefix) => bare.map((number) => prefix + number));
  return [...new Set([...bare, ...prefixed])].sort();
}
