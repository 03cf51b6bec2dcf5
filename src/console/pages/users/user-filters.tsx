// The search and the filters above the table of users.
import type { AskOptions } from '../../api/client.ts';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Toolbar } from '../../components/table.tsx';
import { t } from '../../i18n/t.tsx';
import { useGroupNames } from '../groups/group-names.ts';
import { levelOptions } from './layer-fields.tsx';

/** As the fields hold it; '' leaves nothing out. */
export type FilterDraft = Readonly<Record<'search' | 'international' | 'group' | 'level' | 'state', string>>;

export const noFilter: FilterDraft = { search: '', international: '', group: '', level: '', state: '' };

type Filter = Readonly<Record<string, string | boolean>> & NonNullable<AskOptions['query']>;

/** For the API; what is empty is left out. */
export function filterOf({ state, ...words }: FilterDraft): Filter {
  const given = Object.entries(words).filter(([, word]) => word.trim() !== '');
  return {
    ...Object.fromEntries(given),
    ...(state === 'exceptions' ? { exceptions: true } : {}),
    ...(state === 'quarantined' ? { quarantined: true } : {}),
  };
}

interface UserFiltersProps {
  readonly draft: FilterDraft;
  readonly onChange: (draft: FilterDraft) => void;
}

export function UserFilters({ draft, onChange }: UserFiltersProps) {
  const groups = useGroupNames();
  const set = (key: keyof FilterDraft) => (value: string) => onChange({ ...draft, [key]: value });
  const all = { value: '', label: t('users.all') };
  return (
    <Toolbar>
      <SearchField
        value={draft.search}
        onChange={set('search')}
        label={t('users.search')}
        placeholder={t('users.searchHint')}
      />
      <SelectField
        label={t('users.abroad')}
        value={draft.international}
        onChange={set('international')}
        options={[
          all,
          { value: 'on', label: t('users.mayAbroad') },
          { value: 'off', label: t('users.mayNotAbroad') },
        ]}
      />
      <SelectField
        label={t('users.level')}
        value={draft.level}
        onChange={set('level')}
        options={[all, ...levelOptions()]}
      />
      <SelectField
        label={t('users.group')}
        value={draft.group}
        onChange={set('group')}
        options={[all, ...groups.map((name) => ({ value: name, label: name }))]}
      />
      <SelectField
        label={t('users.state')}
        value={draft.state}
        onChange={set('state')}
        options={[
          all,
          { value: 'exceptions', label: t('users.withExceptions') },
          { value: 'quarantined', label: t('users.quarantined') },
        ]}
      />
    </Toolbar>
  );
}
