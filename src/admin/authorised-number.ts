// A number as an administrator writes it on a list: read as the PBX reads what is dialled, kept as E.164.
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type { Destination, NationalDestination, InternationalDestination } from '../numbering/destination.ts';
import { read } from '../numbering/read.ts';
import { regionName } from './regions.ts';

/** What a number is taken as, or why it cannot stand on a list; `notice` is '' where nothing is odd about it. */
export type NumberReading =
  | { readonly ok: true; readonly e164: string; readonly notice: string; readonly isHome: boolean }
  | { readonly ok: false; readonly problem: string };

/** The codes of `unreadable`, as half sentences. */
const causes: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  overlong: 'it is far too long',
  'bad-character': 'it holds characters that no number has',
  'too-long': 'it has too many digits',
  incomplete: 'it has too few digits',
  'unknown-calling-code': 'no country has such a code',
  'double-prefix': 'an international prefix stands in it twice',
  'hidden-prefix': 'an international prefix is hidden in it',
  'unknown-prefix': 'it begins with a prefix that the numbering plan does not know',
  'carrier-code': 'it begins with the code of a carrier',
  'no-national-number': 'no number of the home country looks so',
};

/** Reads the number by the plan of the PBX: `+54…`, as dialled (`0054…`), or a national number that is certain. */
export function readListedNumber(word: string, plan: CompiledPlan): NumberReading {
  const text = word.trim();
  const destination = read(text, plan);
  const quoted = JSON.stringify(text);
  switch (destination.kind) {
    case 'emergency':
      return refused(`${quoted} is an emergency number, which everybody may call at any time`);
    case 'internal':
      return refused(`${quoted} is an internal number, which needs no permission`);
    case 'service':
      return refused(`${quoted} is a short number without an international form; allow it by a rule instead`);
    case 'unreadable':
      return refused(`${quoted} is no number: ${causes[destination.cause] ?? destination.cause}`);
    case 'national':
    case 'international':
      return readNumbered(destination, quoted);
  }
}

function refused(problem: string): NumberReading {
  return { ok: false, problem };
}

function readNumbered(
  destination: NationalDestination | InternationalDestination,
  quoted: string,
): NumberReading {
  const { e164 } = destination;
  const isGuess = destination.kind === 'national' && !destination.matched && !isWrittenInFull(destination);
  if (e164 === null || isGuess) {
    return refused(
      `${quoted} is no number that the home country is known to have; write it with + and the country code`,
    );
  }
  return { ok: true, e164, notice: noticeOf(destination, e164), isHome: isOrdinaryAtHome(destination) };
}

function isWrittenInFull({ steps }: Destination): boolean {
  return steps.some(({ step }) => step === 'international-prefix');
}

function isOrdinaryAtHome({ kind, numberType }: NationalDestination | InternationalDestination): boolean {
  return kind === 'national' && !costlyTypes.has(numberType);
}

const costlyTypes: ReadonlySet<string> = new Set(['premium', 'shared-cost', 'personal', 'global-network']);

function noticeOf(destination: NationalDestination | InternationalDestination, e164: string): string {
  const { numberType, regions } = destination;
  const where = regions.map(regionName).join(' or ');
  if (costlyTypes.has(numberType)) return `${e164} costs extra (${numberType}, ${where}).`;
  if (numberType !== 'unknown') return '';
  return `${e164} has a length or beginning that ${where} is not known to use. Check it.`;
}

/** @throws AppError `invalid` with the reason where the number cannot stand on a list. */
export function requireListedNumber(word: string, plan: CompiledPlan): NumberReading & { readonly ok: true } {
  const reading = readListedNumber(word, plan);
  if (reading.ok) return reading;
  throw new AppError('invalid', `${reading.problem}.`);
}
