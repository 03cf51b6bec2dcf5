// What a soak came to, in words.
import type { Balance } from './balance.ts';
import type { DoneFault } from './faults.ts';
import type { MemorySample } from './memory.ts';

/** The balance as lines for people. */
export function reportLines(
  sum: Balance,
  faults: readonly DoneFault[],
  samples: readonly MemorySample[],
): readonly string[] {
  const kinds = Object.entries(Object.groupBy(faults, ({ kind }) => kind));
  const { continued, denied, abandoned, withoutVerdict } = sum;
  const chargeable = continued + denied + abandoned + withoutVerdict;
  return [
    '',
    `placed       ${sum.placed}`,
    `chargeable   ${chargeable} = ${continued} continued + ${denied} denied + ${abandoned} abandoned by the caller`,
    `             + ${withoutVerdict} refused without a verdict, in a fault`,
    `free         ${sum.free} national and emergency calls, all out`,
    `pickups      ${sum.pickups} taken`,
    `faults       ${kinds.map(([kind, list]) => `${list.length} ${kind}`).join(', ') || 'none'}`,
    `unwritten    ${sum.unwritten} verdicts whose record was not written when the daemon was killed`,
    `memory       ${memoryLine(samples)}`,
    `balance      ${sum.wrong.length === 0 ? 'even: phones, CDR, records and carrier agree' : 'NOT even'}`,
    ...sum.wrong.map((sentence) => `  ! ${sentence}`),
  ];
}

/** Of the daemon that lived longest: after its first seconds, and at its end. */
export function memoryLine(samples: readonly MemorySample[]): string {
  const lives = [...Map.groupBy(samples, ({ pid }) => pid).values()];
  const [longest] = lives.toSorted((one, other) => other.length - one.length);
  const [first, last] = [longest?.[Math.min(2, longest.length - 1)], longest?.at(-1)];
  if (!first || !last) return 'was not seen';
  const seconds = Math.round((last.atMs - first.atMs) / 1000);
  const highest = Math.max(...samples.map(({ residentMb }) => residentMb));
  const [before, after, most] = [first.residentMb, last.residentMb, highest].map((value) => value.toFixed(0));
  return `${before} MB, ${after} MB ${seconds} s later, highest ${most} MB`;
}
