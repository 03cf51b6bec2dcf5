// Who takes and who is taken from, as the API writes them and as the page says them.
import type { z } from 'zod';
import type { outcomeForm } from '../../../http/api/forms.ts';
import type { groupForm, listedForm } from '../../../http/api/routes/pickup-groups.ts';
import type { protectionForm, rightForm } from '../../../http/api/routes/pickup-rights.ts';
import { withName } from '../../api/people.ts';
import { useResource } from '../../api/use-resource.ts';
import type { ComboOption } from '../../components/combobox.tsx';
import { t } from '../../i18n/t.tsx';

export type PickupGroup = z.infer<typeof groupForm>;
export type ListedPickupGroup = z.infer<typeof listedForm>;
export type PickupRight = z.infer<typeof rightForm>;
export type Protection = z.infer<typeof protectionForm>;
export type Outcome = z.infer<typeof outcomeForm>;

export const ANY = 'any';
const GROUP = 'group:';

/** `1003 Eva Brown`, `Group reception`, `Any call`. */
export function partyLabel(party: string): string {
  if (party === ANY) return t('pickup.anyCall');
  return party.startsWith(GROUP)
    ? t('pickup.groupParty', { group: party.slice(GROUP.length) })
    : withName(party);
}

export const groupPath = (name: string): string => `/pickup/groups/${encodeURIComponent(name)}`;

/** The pickup groups, for fields that take extensions and groups; `any`: any call, too. */
export function usePartyOptions(any = false): readonly ComboOption[] {
  const { data } = useResource<{ readonly groups: readonly ListedPickupGroup[] }>('/pickup/groups');
  const words = [...(any ? [ANY] : []), ...(data?.groups ?? []).map(({ name }) => GROUP + name)];
  return words.map((value) => ({ value, label: partyLabel(value) }));
}
