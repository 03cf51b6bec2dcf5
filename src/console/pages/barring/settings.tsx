// How numbers are dialled here, and the remaining settings, grouped by what they are about.
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { ChipsField, ComboBox } from '../../components/combobox.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Flag } from '../../components/flag.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { toast } from '../../components/toast.tsx';
import { useAction } from '../../api/use-action.ts';
import { api } from '../../api/client.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Country } from '../../../http/api/region-forms.ts';
import type { Numbering, Schedule } from '../../../http/api/routes/schedules.ts';
import { formatMoment } from '../../i18n/format.ts';
import { dataName, settingName, settingWord } from '../../i18n/named.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { draftWords, withWords, type Editing } from './draft.ts';
import { regionLabel } from './names.ts';

type Kind = 'list' | 'text' | readonly string[];

/** Title of the group, and its settings with the kind of field of each. */
const groups: readonly (readonly [string, readonly (readonly [string, Kind])[]])[] = [
  [
    'groupPlan',
    [
      ['national-prefix', 'text'],
      ['internal-patterns', 'list'],
      ['emergency-numbers', 'list'],
      ['service-numbers', 'list'],
      ['carrier-codes', 'list'],
      ['unmatched', ['continue', 'deny']],
      ['shared-codes', ['region', 'code']],
    ],
  ],
  [
    'groupPin',
    [
      ['pin', ['never', 'when-denied', 'always']],
      ['pin-entry', ['auto', 'early', 'answer']],
    ],
  ],
  [
    'groupFraud',
    [
      ['fraud-signs', ['off', 'warn', 'quarantine']],
      ['guard', ['off', 'watch', 'enforce']],
      ['trunks', 'list'],
    ],
  ],
];

export function DiallingSection(props: Editing & { readonly countries: readonly Country[] }) {
  const { held, draft, setDraft, editable, countries } = props;
  const set = (key: string, words: readonly string[]) => setDraft(withWords(held, draft, key, words));
  const places = countries
    .filter(({ region }) => !region.startsWith('+'))
    .map(({ region, callingCode }) => ({
      value: region,
      label: regionLabel(region),
      hint: `${region} ${callingCode}`,
      icon: <Flag region={region} />,
    }));
  return (
    <Section title={t('barring.diallingTitle')} lead={t('barring.diallingLead')}>
      <ListSetting {...props} name="international-prefixes" set={set} />
      <ListSetting {...props} name="outside-prefixes" set={set} />
      <ComboBox
        label={t('barring.setHomeRegion')}
        hint={t('barring.setHomeRegionHelp')}
        value={draftWords(held, draft, 'home-region')[0] ?? ''}
        options={places}
        disabled={!editable}
        onChange={(region) => {
          if (region !== '') set('home-region', [region]);
        }}
      />
    </Section>
  );
}

type SettingProps = Editing & {
  readonly name: string;
  readonly set: (key: string, words: readonly string[]) => void;
};

const help = (name: string) => tOr(`barring.${settingWord(name)}Help`, '');

function ListSetting({ held, draft, editable, name, set }: SettingProps) {
  return (
    <ChipsField
      label={settingName(name)}
      hint={help(name)}
      values={draftWords(held, draft, name)}
      options={[]}
      free
      disabled={!editable}
      onChange={(values) => set(name, values)}
    />
  );
}

export function MoreSettings(props: Editing) {
  const { held, draft, setDraft, editable } = props;
  const set = (key: string, words: readonly string[]) => setDraft(withWords(held, draft, key, words));
  return (
    <>
      {groups.map(([title, settings]) => (
        <Section key={title} title={tOr(`barring.${title}`, title)}>
          {settings.map(([name, kind]) => {
            if (kind === 'list') return <ListSetting key={name} {...props} name={name} set={set} />;
            const [word = ''] = draftWords(held, draft, name);
            const shared = { label: settingName(name), hint: help(name), disabled: !editable };
            if (kind === 'text') {
              return <TextField key={name} {...shared} value={word} onChange={(text) => set(name, [text])} />;
            }
            return (
              <SelectField
                key={name}
                {...shared}
                value={word}
                options={kind.map((value) => ({
                  value,
                  label: tOr(`barring.value_${name.replaceAll('-', '_')}_${value}`, value),
                }))}
                onChange={(value) => set(name, [value])}
              />
            );
          })}
        </Section>
      ))}
      <HoursSection {...props} />
    </>
  );
}

function HoursSection({ held, draft, setDraft, editable }: Editing) {
  const found = useResource<{ readonly schedules: readonly Schedule[] }>('/schedules');
  return (
    <Section title={t('barring.groupHours')}>
      <Loaded of={found}>
        {({ schedules }) => (
          <SelectField
            label={settingName('schedule')}
            hint={help('schedule')}
            disabled={!editable}
            value={draftWords(held, draft, 'schedule')[0] ?? 'none'}
            options={[
              { value: 'none', label: t('barring.anyTime') },
              ...schedules.map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={(name) => setDraft(withWords(held, draft, 'schedule', [name]))}
          />
        )}
      </Loaded>
      <p>
        <a href="/schedules">{t('barring.toSchedules')}</a>
      </p>
    </Section>
  );
}

export function NumberingSection({ editable }: Pick<Editing, 'editable'>) {
  const state = useResource<Numbering>('/numbering', { limit: 100 });
  const accepting = useAction(async () => {
    await api.post('/numbering/accept');
    toast(t('ui.saved'));
    state.reload();
  });
  return (
    <Section title={t('barring.numberingTitle')} lead={t('barring.numberingLead')}>
      <Loaded of={state}>
        {({ versions, accepted, differences }) => (
          <>
            <Note tone={accepted?.count === 0 ? 'good' : 'warn'}>
              {accepted === null
                ? t('barring.numberingNever')
                : accepted.count === 0
                  ? t('barring.numberingSame', { when: formatMoment(accepted.atMs) })
                  : t('barring.numberingDiffers', {
                      count: accepted.count,
                      when: formatMoment(accepted.atMs),
                    })}
            </Note>
            <Table
              label={t('barring.numberingTitle')}
              rows={Object.entries(versions)}
              rowKey={([name]) => name}
              columns={[
                { key: 'data', title: t('barring.numberingData'), render: ([source]) => dataName(source) },
                { key: 'version', title: t('barring.numberingVersion'), render: ([, version]) => version },
              ]}
            />
            {differences.length === 0 ? null : (
              <Table
                label={t('barring.numberingChanges')}
                rows={differences}
                rowKey={(row) => row.text}
                columns={[
                  { key: 'what', title: t('barring.numberingChanges'), render: (row) => said(row.text) },
                  {
                    key: 'touches',
                    title: t('barring.numberingTouches'),
                    render: (row) => row.touches.join(', '),
                  },
                ]}
              />
            )}
            {editable && accepted?.count !== 0 ? (
              <Button busy={accepting.busy} onClick={() => void accepting.run()}>
                {t('barring.numberingAccept')}
              </Button>
            ) : null}
            {accepting.problem === null ? null : <ProblemNote problem={accepting.problem} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}
