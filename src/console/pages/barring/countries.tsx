// The table of countries and regions: what is open and why, allowed and denied one by one or many at once.
import { useLocation } from 'preact-iso';
import { useMemo, useState } from 'preact/hooks';
import type { Country } from '../../../http/api/region-forms.ts';
import type { Level } from '../../../http/api/routes/countries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Flag } from '../../components/flag.tsx';
import { Info } from '../../components/disclosure.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { compareText, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import {
  CountryFilters,
  noFilter,
  passes,
  type CountryFilter,
  type DraftCountry,
} from './country-filters.tsx';
import { draftState, draftWords, withCountries, type CountryState, type Editing } from './draft.ts';
import { originLabel, regionLabel } from './names.ts';

/** Neighbours in a code that one sentence names. */
const NAMED_MAX = 6;

interface CountriesProps extends Editing {
  readonly countries: readonly Country[];
  readonly levels: readonly Level[];
}

export function CountriesSection(props: CountriesProps) {
  const { held, draft, setDraft, editable } = props;
  const asked = useLocation().query['country'] ?? '';
  const [filter, setFilter] = useAddress<CountryFilter>({
    ...noFilter,
    text: asked === '' ? '' : regionLabel(asked),
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = useDraftCountries(props);
  const shown = rows.filter((row) => passes(row, filter));
  const decide = (regions: Iterable<string>, state: CountryState | null) => {
    setDraft(withCountries(held, draft, regions, state));
    setChosen(new Set());
  };
  const open = rows.filter((row) => row.open && row.country.from.by !== 'home').length;
  return (
    <Section title={t('barring.countriesTitle')} lead={t('barring.countriesLead', { count: open })} flush>
      <CountryFilters filter={filter} onChange={setFilter} />
      <SharedWarning rows={rows} isOne={draftWords(held, draft, 'shared-codes')[0] === 'code'} />
      <Table
        label={t('barring.countriesTitle')}
        rows={shown}
        rowKey={(row) => row.country.region}
        rowName={(row) => regionLabel(row.country.region)}
        columns={columnsFor(editable ? (region, state) => decide([region], state) : null)}
        {...(editable
          ? { selection: { chosen, onChange: setChosen, bar: <Bulk chosen={chosen} decide={decide} /> } }
          : {})}
        empty={<Empty title={t('ui.noMatches')} />}
      />
    </Section>
  );
}

/** As they would be after saving. */
function useDraftCountries({ countries, levels, held, draft }: CountriesProps): readonly DraftCountry[] {
  return useMemo(() => {
    const level = draftWords(held, draft, 'level')[0] ?? 'closed';
    const opened = new Set(levels.find((row) => row.level === level)?.regions);
    return countries
      .map((country): DraftCountry => {
        const { region, from } = country;
        const decided = draftState(held, draft, region);
        const open = from.by === 'home' || (decided === null ? opened.has(region) : decided === 'allow');
        return {
          country: {
            ...country,
            from:
              from.by === 'home' ? from : { by: decided === null ? 'level' : 'country', layer: '', level },
          },
          open,
          decided,
          unsaved: open !== country.open || draft.countries.has(region),
        };
      })
      .toSorted(({ country: one }, { country: other }) => byName(one.region, other.region));
  }, [countries, levels, held, draft]);
}

/** Networks that belong to no country come last. */
function byName(one: string, other: string): number {
  const difference = Number(one.startsWith('+')) - Number(other.startsWith('+'));
  return difference || compareText(regionLabel(one), regionLabel(other));
}

type Decide = (region: string, state: CountryState | null) => void;

function columnsFor(decide: Decide | null): readonly Column<DraftCountry>[] {
  return [
    {
      key: 'country',
      title: t('barring.country'),
      sort: (row) => regionLabel(row.country.region),
      render: ({ country: { region } }) => (
        <span class="country">
          <Flag region={region} />
          <span>
            {regionLabel(region)} {region.startsWith('+') ? null : <span class="quiet">{region}</span>}
          </span>
        </span>
      ),
    },
    {
      key: 'code',
      title: t('barring.code'),
      sort: (row) => Number(row.country.callingCode.slice(1)),
      render: ({ country }) => <Code country={country} />,
    },
    {
      key: 'state',
      title: t('barring.state'),
      sort: (row) => Number(row.open),
      render: ({ open, unsaved }) => (
        <span class="badges">
          <Badge tone={open ? 'good' : 'bad'}>{open ? t('barring.allowed') : t('barring.barred')}</Badge>
          {unsaved ? <Badge tone="warn">{t('barring.unsaved')}</Badge> : null}
        </span>
      ),
    },
    {
      key: 'from',
      title: t('barring.from'),
      sort: (row) => originLabel(row.country.from),
      render: (row) => <span class="country-origin">{originLabel(row.country.from)}</span>,
    },
    ...(decide === null
      ? []
      : [
          {
            key: 'actions',
            title: t('barring.change'),
            bare: true,
            render: (row: DraftCountry) => <Decisions row={row} decide={decide} />,
          },
        ]),
  ];
}

function Code({ country: { region, callingCode, sharedWith } }: { readonly country: Country }) {
  if (sharedWith.length === 0) return <>{callingCode}</>;
  return (
    <span class="with-info">
      {callingCode} <Badge tone="info">{t('barring.shared')}</Badge>
      <Info about={t('barring.sharedAbout', { code: callingCode, country: regionLabel(region) })}>
        <p>{t('barring.sharedText', { code: callingCode })}</p>
        <p>{formatList(sharedWith.map(regionLabel).toSorted(compareText))}</p>
      </Info>
    </span>
  );
}

function Decisions({ row, decide }: { readonly row: DraftCountry; readonly decide: Decide }) {
  const { region, from } = row.country;
  if (from.by === 'home') return null;
  const country = regionLabel(region);
  return (
    <span class="actions">
      {row.decided === 'allow' ? null : (
        <Button
          kind="quiet"
          label={t('barring.allowCountry', { country })}
          onClick={() => decide(region, 'allow')}
        >
          {t('barring.allow')}
        </Button>
      )}
      {row.decided === 'deny' ? null : (
        <Button
          kind="quiet"
          label={t('barring.denyCountry', { country })}
          onClick={() => decide(region, 'deny')}
        >
          {t('barring.deny')}
        </Button>
      )}
      {row.decided === null ? null : (
        <Button
          kind="quiet"
          label={t('barring.resetCountry', { country })}
          onClick={() => decide(region, null)}
        >
          {t('barring.reset')}
        </Button>
      )}
    </span>
  );
}

interface BulkProps {
  readonly chosen: ReadonlySet<string>;
  readonly decide: (regions: Iterable<string>, state: CountryState | null) => void;
}

function Bulk({ chosen, decide }: BulkProps) {
  return (
    <>
      <Button icon="check" onClick={() => decide(chosen, 'allow')}>
        {t('barring.allow')}
      </Button>
      <Button icon="close" onClick={() => decide(chosen, 'deny')}>
        {t('barring.deny')}
      </Button>
      <Button onClick={() => decide(chosen, null)}>{t('barring.resetMany')}</Button>
    </>
  );
}

/** Of countries that are to be allowed or denied by name: who else has their code, and what becomes of those. */
function SharedWarning({ rows, isOne }: { readonly rows: readonly DraftCountry[]; readonly isOne: boolean }) {
  const codes = new Set(
    rows
      .filter(({ unsaved, decided, country }) => unsaved && decided !== null && country.sharedWith.length > 0)
      .map(({ country }) => country.callingCode),
  );
  const warnings = [...codes].flatMap((code) => {
    const others = rows.filter(
      ({ country, decided }) =>
        country.callingCode === code && decided === null && country.from.by !== 'home',
    );
    if (others.length === 0) return [];
    const countries = formatList(someNames(others.map(({ country }) => regionLabel(country.region))));
    return [t(isOne ? 'barring.sharedAsOne' : 'barring.sharedOthers', { code, countries })];
  });
  if (warnings.length === 0) return null;
  return (
    <div class="inset">
      <Note tone="warn" title={t('barring.sharedTitle')}>
        {warnings.map((warning) => (
          <p key={warning}>{warning}</p>
        ))}
      </Note>
    </div>
  );
}

function someNames(names: readonly string[]): readonly string[] {
  const more = names.length - NAMED_MAX;
  return more > 0 ? [...names.slice(0, NAMED_MAX), t('barring.moreItems', { count: more })] : names;
}
