// How callers are named.
import { nameOf } from '../../api/people.ts';
import { t } from '../../i18n/t.tsx';

interface Caller {
  readonly callerName: string;
  readonly callerNumber: string;
  readonly callerExtension: string | null;
}

/**
 * `Ana (5550100)`: as one of ours is called, else as the call says; the number alone where no name is known. A number is no proof
 * that it is one of ours: whoever calls from outside may send any.
 */
export function callerOf({ callerName, callerNumber, callerExtension }: Caller): string {
  const number = callerNumber || (callerExtension ?? '');
  const ours = nameOf(callerExtension ?? '');
  const named = ours === '' && callerName !== number ? callerName : ours;
  if (named === '') return number || t('live.unknownCaller');
  return number === '' ? named : `${named} (${number})`;
}
