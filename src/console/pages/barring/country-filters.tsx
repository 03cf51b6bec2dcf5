// Which countries the table shows: what was typed, whether they are open, where they lie, and in which list they stand.
import type { Country } from '../../../http/api/region-forms.ts';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Toolbar } from '../../components/table.tsx';
import { t } from '../../i18n/t.tsx';
import { continentLabel, isFound, levelLabel } from './names.ts';

export interface CountryFilter {
  readonly text: string;
  readonly state: 'all' | 'open' | 'closed' | 'decided' | 'unsaved';
  readonly continent: 'all' | Country['continent'];
  readonly list: 'all' | 'low' | 'medium' | 'high' | 'none';
}

export const noFilter: CountryFilter = { text: '', state: 'all', continent: 'all', list: 'all' };

/** A country with what is not saved yet. */
export interface DraftCountry {
  readonly country: Country;
  readonly open: boolean;
  readonly decided: 'allow' | 'deny' | null;
  readonly unsaved: boolean;
}

export function passes({ country, open, decided, unsaved }: DraftCountry, filter: CountryFilter): boolean {
  const states = { all: true, open, closed: !open, decided: decided !== null, unsaved };
  return (
    states[filter.state] &&
    (filter.continent === 'all' || country.continent === filter.continent) &&
    (filter.list === 'all' || (country.risk ?? 'none') === filter.list) &&
    isFound(country, filter.text)
  );
}

const continents = ['africa', 'americas', 'asia', 'europe', 'oceania', 'none'] as const;

export function CountryFilters({
  filter,
  onChange,
}: {
  readonly filter: CountryFilter;
  readonly onChange: (filter: CountryFilter) => void;
}) {
  return (
    <Toolbar>
      <div class="country-filters">
        <SearchField
          label={t('barring.searchCountry')}
          placeholder={t('barring.searchCountryHint')}
          value={filter.text}
          onChange={(text) => onChange({ ...filter, text })}
        />
        <SelectField
          label={t('barring.state')}
          value={filter.state}
          options={[
            { value: 'all', label: t('barring.filterAll') },
            { value: 'open', label: t('barring.filterOpen') },
            { value: 'closed', label: t('barring.filterClosed') },
            { value: 'decided', label: t('barring.filterDecided') },
            { value: 'unsaved', label: t('barring.filterUnsaved') },
          ]}
          onChange={(state) => onChange({ ...filter, state })}
        />
        <SelectField
          label={t('barring.continent')}
          value={filter.continent}
          options={[
            { value: 'all' as const, label: t('barring.everywhere') },
            ...continents.map((value) => ({ value, label: continentLabel(value) })),
          ]}
          onChange={(continent) => onChange({ ...filter, continent })}
        />
        <SelectField
          label={t('barring.inList')}
          value={filter.list}
          options={[
            { value: 'all' as const, label: t('barring.anyList') },
            ...(['low', 'medium', 'high'] as const).map((value) => ({ value, label: levelLabel(value) })),
            { value: 'none' as const, label: t('barring.noList') },
          ]}
          onChange={(list) => onChange({ ...filter, list })}
        />
      </div>
    </Toolbar>
  );
}
