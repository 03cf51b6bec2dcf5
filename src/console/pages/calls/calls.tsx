// The page “Calls”: what was decided, what was picked up and what rang; from each decision one click leads to why.
import { Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { t } from '../../i18n/t.tsx';
import { Decisions } from './decisions.tsx';
import { Pickups } from './pickups.tsx';
import { RangCalls } from './rang-calls.tsx';
import { ZoneNote } from './zone-note.tsx';

export default function Calls() {
  return (
    <Page title={t('calls.title')} lead={t('calls.lead')}>
      <ZoneNote />
      <Tabs
        label={t('calls.title')}
        tabs={[
          { key: 'decisions', title: t('calls.decisions'), content: () => <Decisions /> },
          { key: 'pickups', title: t('calls.pickups'), content: () => <Pickups /> },
          { key: 'rang', title: t('calls.rang'), content: () => <RangCalls /> },
        ]}
      />
    </Page>
  );
}
