// “Pickup”: codes and settings, groups, rights beside them, protected calls, and why somebody may take a call.
import { Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { t } from '../../i18n/t.tsx';
import { Codes } from './codes.tsx';
import { Groups } from './groups.tsx';
import { Protections } from './protections.tsx';
import { AnyRight } from './any-right.tsx';
import { Rights } from './rights.tsx';
import { Why } from './why.tsx';

export default function Pickup() {
  return (
    <Page title={t('pickup.title')} lead={t('pickup.lead')}>
      <Tabs
        label={t('pickup.parts')}
        tabs={[
          { key: 'groups', title: t('pickup.groups'), content: () => <Groups /> },
          {
            key: 'rights',
            title: t('pickup.rights'),
            content: () => (
              <>
                <Rights />
                <AnyRight />
              </>
            ),
          },
          { key: 'protected', title: t('pickup.protected'), content: () => <Protections /> },
          { key: 'why', title: t('pickup.why'), content: () => <Why /> },
          { key: 'codes', title: t('pickup.tabCodes'), content: () => <Codes /> },
        ]}
      />
    </Page>
  );
}
