// The countries and regions that a group opens or closes for its members, beside those of the organisation.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { ChipsField } from '../../components/combobox.tsx';
import { Form } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { useRegionOptions } from '../user/add-exception.tsx';
import type { Group, Outcome } from './group.tsx';

interface GroupCountriesProps {
  readonly group: Group;
  readonly onDone: (outcome: Outcome) => void;
}

const stateOf = (group: Group, state: 'allow' | 'deny') =>
  group.countries.filter((row) => row.state === state).map(({ region }) => region);

export function GroupCountries({ group, onDone }: GroupCountriesProps) {
  const [allow, setAllow] = useState<readonly string[]>(() => stateOf(group, 'allow'));
  const [deny, setDeny] = useState<readonly string[]>(() => stateOf(group, 'deny'));
  const options = useRegionOptions();
  // Read for its entity tag, which the change must name.
  const query = { group: group.name };
  const read = useResource('/countries', query);
  const mayChange = may('system.write');
  const before = group.countries.map(({ region }) => region);
  const reset = before.filter((region) => !allow.includes(region) && !deny.includes(region));
  const save = useAction(async () => {
    const named = Object.entries({ allow, deny, reset }).filter(([, regions]) => regions.length > 0);
    onDone(await api.patch<Outcome>('/countries', Object.fromEntries(named), { query }));
    read.reload();
  });
  return (
    <Section title={t('groups.countries')} lead={t('groups.countriesLead')}>
      <fieldset disabled={!mayChange}>
        <Form action={save} onReload={read.reload} unchanged={!mayChange}>
          <ChipsField
            label={t('groups.allowed')}
            values={allow}
            options={options.filter(({ value }) => !deny.includes(value))}
            onChange={setAllow}
          />
          <ChipsField
            label={t('groups.denied')}
            values={deny}
            options={options.filter(({ value }) => !allow.includes(value))}
            onChange={setDeny}
          />
        </Form>
      </fieldset>
    </Section>
  );
}
