// Whether the numbering data in use is that which the policy was last seen to fit, as one line of `status`.
import { countDataDifferences } from '../admin/numbering.ts';
import { messageOf } from '../errors.ts';
import { baselineTime } from '../store/numbering-baseline.ts';
import type { Store } from '../store/open.ts';

/**
 * Returns what to tell now, '' for nothing. The data of this process never changes, so it is compared (some 10 ms)
 * at the start and again only after somebody accepted it.
 */
export function createNumberingNotice(store: Store): () => string {
  let comparedFor: number | null | undefined;
  let notice = '';
  const tell = () => {
    const acceptedAtMs = baselineTime(store);
    if (acceptedAtMs === comparedFor) return notice;
    notice = noticeOf(countDataDifferences(store));
    comparedFor = acceptedAtMs;
    return notice;
  };
  const tellSafely = () => {
    try {
      return tell();
    } catch (error) {
      return `The numbering data could not be compared: ${messageOf(error)}`;
    }
  };
  tellSafely();
  return tellSafely;
}

function noticeOf(differences: number | null): string {
  if (differences === null) {
    return (
      'No numbering data was accepted yet, so what an update changes cannot be told: ' +
      'run `callwarden numbering accept` once.'
    );
  }
  if (differences === 0) return '';
  return (
    `The numbering data changed in ${differences} places since it was accepted: ` +
    'see `callwarden numbering diff`.'
  );
}
