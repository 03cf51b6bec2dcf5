// How callers are named.
import { t } from '../../i18n/t.tsx';

interface Caller {
  readonly callerName: string;
  readonly callerNumber: string;
  readonly callerExtension: string | null;
}

/** `Ana (5550100)`; the number alone where no name came with it. */
export function callerOf({ callerName, callerNumber, callerExtension }: Caller): string {
  const number = callerNumber || (callerExtension ?? '');
  if (callerName === '' || callerName === number) return number || t('live.unknownCaller');
  return number === '' ? callerName : `${callerName} (${number})`;
}
