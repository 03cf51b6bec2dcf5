// All parts that pages are made of, for who writes pages.
import { useState } from 'preact/hooks';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { BarList, Chart } from '../../components/chart.tsx';
import { CheckboxList, ChoiceCards, SwitchField } from '../../components/choices.tsx';
import { ChipsField, ComboBox } from '../../components/combobox.tsx';
import { confirm } from '../../components/confirm.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Disclosure, Info } from '../../components/disclosure.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { NumberField, SearchField, SelectField, TextArea, TextField } from '../../components/fields.tsx';
import { Facts, Stats } from '../../components/figures.tsx';
import { Flag } from '../../components/flag.tsx';
import { Form } from '../../components/form.tsx';
import { Note } from '../../components/note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Table, Toolbar } from '../../components/table.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { toast } from '../../components/toast.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { countryName } from '../../i18n/format.ts';

const regions = ['MX', 'US', 'DE', 'FR', 'ES', 'GB', 'JP', 'CU', 'KZ', 'RU', 'IT', 'VA'];
const DAY_MS = 86_400_000;
const days = Array.from({ length: 14 }, (_, place) => 1_763_000_000_000 + place * DAY_MS);

export default function Components() {
  return (
    <Page
      title="Components"
      lead="All the parts that pages are made of."
      actions={
        <Button kind="primary" icon="add" onClick={() => toast('A rule was added.')}>
          Add a rule
        </Button>
      }
    >
      <Stats
        stats={[
          { label: 'Calls', value: '12,480', text: 'last 7 days' },
          { label: 'Refused', value: '311', tone: 'bad', text: '2.5 %' },
          { label: 'Rescued by pickup', value: '87', tone: 'good' },
        ]}
      />
      <Tabs
        label="Parts"
        tabs={[
          { key: 'table', title: 'Table', content: () => <Tables /> },
          { key: 'form', title: 'Form', content: () => <Fields /> },
          { key: 'chart', title: 'Charts', content: () => <Charts /> },
        ]}
      />
    </Page>
  );
}

function Tables() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  return (
    <Section
      title="Countries"
      lead="What may be dialled."
      info={<p>A region is a country or a part of one.</p>}
      flush
    >
      <Toolbar>
        <SearchField value={search} onChange={setSearch} />
        <ExportLink path="/countries" file="countries.csv" />
      </Toolbar>
      <Table
        label="Countries"
        rows={regions.filter((region) => countryName(region).toLowerCase().includes(search.toLowerCase()))}
        rowKey={(region) => region}
        rowName={countryName}
        tone={(region) => (region === 'CU' ? 'bad' : undefined)}
        selection={{ chosen, onChange: setChosen, bar: <Button>Allow</Button> }}
        columns={[
          {
            key: 'name',
            title: 'Country',
            sort: countryName,
            render: (region) => (
              <>
                <Flag region={region} /> {countryName(region)}
              </>
            ),
          },
          { key: 'code', title: 'Code', render: () => <span class="number">+52</span> },
          {
            key: 'state',
            title: 'State',
            render: (region) =>
              region === 'CU' ? <Badge tone="bad">Barred</Badge> : <Badge tone="good">Open</Badge>,
          },
          {
            key: 'calls',
            title: 'Calls',
            align: 'end',
            sort: (region) => region.charCodeAt(0),
            render: () => '1,204',
          },
          {
            key: 'act',
            title: 'Actions',
            bare: true,
            render: (region) => (
              <Button
                kind="quiet"
                label={`Bar ${countryName(region)}`}
                onClick={() =>
                  void confirm({
                    title: `Bar ${countryName(region)}?`,
                    changes: [
                      { what: '12 users lose it', tone: 'bad' },
                      { what: 'State', before: 'Open', after: 'Barred' },
                    ],
                    danger: true,
                  })
                }
              >
                Bar
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Fields() {
  const [level, setLevel] = useState<'closed' | 'national' | null>('closed');
  const [rights, setRights] = useState<readonly ('read' | 'write')[]>(['read']);
  const [text, setText] = useState('');
  const [count, setCount] = useState<number | null>(5);
  const [until, setUntil] = useState<number | null>(null);
  const [country, setCountry] = useState('MX');
  const [chips, setChips] = useState<readonly string[]>(['MX', 'US']);
  const [on, setOn] = useState(true);
  const options = regions.map((region) => ({
    value: region,
    label: countryName(region),
    hint: region,
    icon: <Flag region={region} />,
  }));
  return (
    <Section title="A form">
      <Note tone="warn" title="Canada shares this code">
        Numbers of +1 go to the United States, Canada and others.
      </Note>
      <Note>Information.</Note>
      <Note tone="bad">It failed.</Note>
      <Form onSubmit={() => toast('Saved')} onCancel={() => undefined}>
        <ChoiceCards
          label="Level"
          value={level}
          onChange={setLevel}
          choices={[
            { value: 'closed', label: 'Closed', text: 'Emergency and internal numbers.' },
            {
              value: 'national',
              label: 'National',
              text: 'All numbers of Mexico.',
              info: { about: 'National', text: 'Which: …' },
            },
          ]}
        />
        <CheckboxList
          label="Rights"
          chosen={rights}
          onChange={setRights}
          choices={[
            { value: 'read', label: 'Read' },
            { value: 'write', label: 'Write', text: 'Also removes.' },
          ]}
        />
        <SwitchField label="Protection" text="All of it." checked={on} onChange={setOn} />
        <div class="fields-across">
          <TextField
            label="Name"
            value={text}
            onChange={setText}
            hint="As people say it."
            error="It is taken."
          />
          <NumberField label="Wait" value={count} onChange={setCount} unit="seconds" info="How long." />
          <SelectField
            label="Group"
            value="a"
            onChange={() => undefined}
            options={[{ value: 'a', label: 'Sales' }]}
          />
        </div>
        <ComboBox label="Country" value={country} onChange={setCountry} options={options} />
        <ChipsField label="Countries" values={chips} onChange={setChips} options={options} />
        <UntilField value={until} onChange={setUntil} />
        <TextArea label="Why" value={text} onChange={setText} />
      </Form>
      <p>
        <Info about="this">An explanation.</Info> <CopyButton text="callwarden" />
      </p>
      <Disclosure summary="More">
        <Facts
          facts={[
            ['Level', 'closed'],
            ['Group', 'Sales'],
          ]}
        />
      </Disclosure>
    </Section>
  );
}

function Charts() {
  return (
    <Section title="Calls a day">
      <Chart
        label="Refused calls a day"
        moments={days}
        series={[{ label: 'Refused', values: days.map((_, place) => (place * 7) % 11) }]}
      />
      <Chart
        label="Ring time"
        kind="lines"
        moments={days}
        series={[
          { label: 'Median', values: days.map((_, place) => (place * 3) % 7) },
          { label: '95 %', values: days.map((_, place) => 9 + ((place * 5) % 7)) },
        ]}
      />
      <BarList
        label="By reason"
        bars={[
          { key: 'a', label: 'Level', value: 120 },
          { key: 'b', label: 'Country', value: 40 },
        ]}
      />
    </Section>
  );
}
