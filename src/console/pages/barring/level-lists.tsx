// The countries that a level opens, and the lists behind the levels: a country is put into one, into another, or into none.
import { useState } from 'preact/hooks';
import type { LevelCountry } from '../../../http/api/routes/countries.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Empty } from '../../components/empty.tsx';
import { SearchField, SelectField, TextField } from '../../components/fields.tsx';
import { Flag } from '../../components/flag.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { compareText, plainText } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { draftPlace, withPlaces, type Editing, type ListedLevel, type Place } from './draft.ts';
import { levelLabel, placeLabel, regionLabel } from './names.ts';

const lists: readonly ListedLevel[] = ['low', 'medium', 'high'];
/** Each opens what those before it open. */
const levels: readonly string[] = ['closed', ...lists, 'open'];

interface LevelListsProps {
  readonly level: string;
  readonly editing: Editing;
  readonly onClose: () => void;
}

interface Row extends Pick<LevelCountry, 'region' | 'neighbour' | 'shipped'> {
  readonly place: Place;
  readonly unsaved: boolean;
}

/** A neighbour of the home country counts one level lower, but never lower than the first. */
function isOpened({ place, neighbour }: Row, level: string): boolean {
  const rank = levels.indexOf(place.level ?? 'open');
  return levels.indexOf(level) >= (neighbour ? Math.max(levels.indexOf('low'), rank - 1) : rank);
}

export function LevelLists({ level, editing, onClose }: LevelListsProps) {
  // The level open opens every country that can stand in a list.
  const all = useResource<{ readonly countries: readonly LevelCountry[] }>('/levels/open');
  const title = t('barring.levelCountriesOf', { level: levelLabel(level) });
  const footer = (
    <Button kind="primary" onClick={onClose}>
      {t('barring.listsDone')}
    </Button>
  );
  return (
    <Dialog title={title} onClose={onClose} footer={footer} wide>
      {editing.editable ? <p class="quiet">{t('barring.listsLead')}</p> : null}
      <Loaded of={all}>
        {({ countries }) => {
          const { held, draft } = editing;
          const rows = countries.map(({ region, neighbour, shipped }) => ({
            region,
            neighbour,
            shipped,
            place: draftPlace(held, draft, region),
            unsaved: draft.places.has(region),
          }));
          return <Lists level={level} title={title} rows={rows} editing={editing} />;
        }}
      </Loaded>
    </Dialog>
  );
}

interface ListsProps extends Pick<LevelListsProps, 'level' | 'editing'> {
  readonly title: string;
  readonly rows: readonly Row[];
}

function Lists({ level, title, rows, editing }: ListsProps) {
  const [text, setText] = useState('');
  const { held, draft, setDraft, editable } = editing;
  const listed = lists.find((name) => name === level);
  const opened = rows.filter((row) => isOpened(row, level));
  const wanted = plainText(text.trim());
  const found = opened.filter(({ region }) => plainText(`${regionLabel(region)} ${region}`).includes(wanted));
  const place = (regions: readonly string[], to: Place) => setDraft(withPlaces(held, draft, regions, to));
  const strays = rows.filter((row) => row.place.level !== (row.shipped?.level ?? null));
  const asShipped = () => {
    let next = draft;
    for (const { region, shipped } of strays) {
      next = withPlaces(held, next, [region], shipped ?? { level: null, reason: '' });
    }
    setDraft(next);
  };
  return (
    <>
      {editable && listed !== undefined ? (
        <AddCountries
          level={listed}
          rest={rows.filter((row) => !isOpened(row, level)).map(({ region }) => region)}
          onAdd={place}
        />
      ) : null}
      <Toolbar>
        <SearchField value={text} onChange={setText} label={t('barring.searchCountry')} />
        {editable && strays.length > 0 ? (
          <Button onClick={asShipped}>{t('barring.asShipped', { count: strays.length })}</Button>
        ) : null}
      </Toolbar>
      <Table
        label={title}
        rows={found}
        rowKey={({ region }) => region}
        columns={columns(editable ? place : null)}
        empty={<Empty title={t(wanted === '' ? 'barring.levelOpensNone' : 'ui.noMatches')} />}
      />
    </>
  );
}

type PlaceThem = (regions: readonly string[], to: Place) => void;

const columns = (onPlace: PlaceThem | null): readonly Column<Row>[] => [
  {
    key: 'country',
    title: t('barring.country'),
    sort: ({ region }) => regionLabel(region),
    render: ({ region, unsaved }) => (
      <span class="with-flag">
        <Flag region={region} /> {regionLabel(region)}
        {unsaved ? <Badge tone="warn">{t('barring.unsaved')}</Badge> : null}
      </span>
    ),
  },
  {
    key: 'list',
    title: t('barring.inList'),
    sort: ({ place }) => levels.indexOf(place.level ?? 'open'),
    render: ({ region, place, neighbour }) => {
      const named = placeLabel(place.level);
      if (onPlace === null) return neighbour ? t('barring.neighbour', { list: named }) : named;
      return (
        <>
          <SelectField
            label={t('barring.listOf', { country: regionLabel(region) })}
            bare
            value={place.level ?? ''}
            options={[...lists, '' as const].map((value) => ({ value, label: placeLabel(value || null) }))}
            onChange={(value) => onPlace([region], { level: value === '' ? null : value, reason: '' })}
          />
          {neighbour ? <p class="hint">{t('barring.countsLower')}</p> : null}
        </>
      );
    },
  },
  { key: 'why', title: t('barring.why'), render: ({ place }) => said(place.reason) },
];

interface AddCountriesProps {
  readonly level: ListedLevel;
  /** Countries that the level does not open. */
  readonly rest: readonly string[];
  readonly onAdd: PlaceThem;
}

function AddCountries({ level, rest, onAdd }: AddCountriesProps) {
  const [regions, setRegions] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const options = rest
    .map((region) => ({
      value: region,
      label: regionLabel(region),
      hint: region,
      icon: <Flag region={region} />,
    }))
    .toSorted((one, other) => compareText(one.label, other.label));
  const add = () => {
    onAdd(regions, { level, reason: reason.trim() });
    setRegions([]);
    setReason('');
  };
  return (
    <Disclosure summary={t('barring.addToLevel', { level: levelLabel(level) })}>
      <div class="form">
        <ChipsField
          label={t('barring.addCountries')}
          values={regions}
          options={options}
          onChange={setRegions}
        />
        <TextField label={t('barring.listReason')} value={reason} onChange={setReason} maxLength={300} />
        <div class="form-foot">
          <Button icon="add" disabled={regions.length === 0} onClick={add}>
            {t('ui.add')}
          </Button>
        </div>
      </div>
    </Disclosure>
  );
}
