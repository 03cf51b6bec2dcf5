// In which time zone records are shown, where the PBX is in another one.
import type { DaemonStatus } from '../../../http/ports.ts';
import { useResource } from '../../api/use-resource.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';

export function ZoneNote() {
  const status = useResource<DaemonStatus>(may('live.read') ? '/status' : null).data;
  const here = zoneOf();
  if (status === null || zoneOf(status.timeZone) === here) return null;
  return <p class="quiet">{t('calls.zone', { here, there: status.timeZone })}</p>;
}

/** By the name that this browser gives it: a zone has several. A name that it does not know stays as it is. */
function zoneOf(timeZone?: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone ?? '';
  }
}
