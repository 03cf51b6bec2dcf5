// The page of one group: what it gives, its members, and the countries that it opens or closes.
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { CheckboxList, SwitchField } from '../../components/choices.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import type { groupForm } from '../../../http/api/routes/groups.ts';
import { draftOf, LayerFields, termsOf } from '../users/layer-fields.tsx';
import { GroupCountries } from './group-countries.tsx';
import { GroupMembers } from './group-members.tsx';

export type Group = z.infer<typeof groupForm>;
export type Outcome = z.infer<typeof outcomeForm>;

const classes = ['premium', 'shared-cost', 'personal', 'satellite', 'directory'] as const;
const classWords = {
  premium: 'groups.class-premium',
  'shared-cost': 'groups.class-shared-cost',
  personal: 'groups.class-personal',
  satellite: 'groups.class-satellite',
  directory: 'groups.class-directory',
} as const;

export default function GroupPage() {
  const name = useRoute().params['name'] ?? '';
  const path = `/groups/${encodeURIComponent(name)}`;
  const group = useResource<Group>(path);
  const { route } = useLocation();
  const again = (outcome: Outcome) => {
    toastOutcome(outcome);
    group.reload();
  };
  const removal = useAction(async () => {
    toastOutcome(await api.delete<Outcome>(path));
    route('/groups');
  });
  const remove = async () => {
    const question = {
      title: t('groups.removeTitle', { name }),
      text: t('groups.removeText'),
      action: t('users.remove'),
      danger: true,
    };
    if (await confirm(question)) await removal.run();
  };
  return (
    <Page
      title={name}
      up={{ href: '/groups', title: t('groups.title') }}
      actions={
        may('system.write') ? (
          <Button icon="trash" onClick={() => void remove()}>
            {t('users.remove')}
          </Button>
        ) : null
      }
    >
      {removal.problem === null ? null : <ProblemNote problem={removal.problem} onRetry={group.reload} />}
      <Loaded of={group}>
        {(data) => (
          <>
            <Terms key={data.name} group={data} path={path} onDone={again} onReload={group.reload} />
            <GroupMembers group={data} path={path} onDone={again} />
            <GroupCountries group={data} onDone={again} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface TermsProps {
  readonly group: Group;
  readonly path: string;
  readonly onDone: (outcome: Outcome) => void;
  readonly onReload: () => void;
}

function Terms({ group, path, onDone, onReload }: TermsProps) {
  const [layer, setLayer] = useState(() => draftOf(group));
  const [premium, setPremium] = useState(group.premium);
  const mayChange = may('system.write');
  const save = useAction(async () => {
    onDone(await api.patch<Outcome>(path, { ...termsOf(layer), premium }));
  });
  return (
    <Section title={t('groups.gives')} lead={t('groups.givesLead')}>
      <fieldset disabled={!mayChange}>
        <Form action={save} onReload={onReload} unchanged={!mayChange}>
          <LayerFields draft={layer} onChange={setLayer} />
          <SwitchField
            label={t('groups.ownPremium')}
            text={t('groups.ownPremiumText')}
            checked={premium !== null}
            onChange={(own) => setPremium(own ? [] : null)}
          />
          {premium === null ? null : (
            <CheckboxList
              label={t('groups.premium')}
              chosen={premium}
              choices={classes.map((value) => ({ value, label: t(classWords[value]) }))}
              onChange={(chosen) => setPremium([...chosen])}
            />
          )}
        </Form>
      </fieldset>
    </Section>
  );
}
