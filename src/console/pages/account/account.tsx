// The page “My account”: who one is here, one's password, where one is signed in, and one's tokens.
import { Facts } from '../../components/figures.tsx';
import { Page, Section } from '../../components/page.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { currentMe } from '../../shell/session.ts';
import { roleName } from '../accounts/role-words.ts';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';

export default function AccountPage() {
  const me = currentMe();
  if (me === null) return null;
  return (
    <Page title={t('account.title')} lead={t('account.lead')}>
      <Section title={t('account.aboutYou')}>
        <Facts
          facts={[
            [t('account.name'), me.name],
            ...(me.displayName === '' ? [] : [[t('account.displayName'), me.displayName] as const]),
            [t('account.roles'), formatList(me.roles.map(roleName))],
            [t('account.extension'), me.extension ?? t('account.noExtension')],
          ]}
        />
      </Section>
      <Section title={t('account.password')} lead={t('account.passwordLead')}>
        <PasswordForm />
      </Section>
      <Sessions of="/session" />
      <Tokens of="/session" rights={me.rights} />
    </Page>
  );
}
