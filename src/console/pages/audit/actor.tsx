// Who changed something: an account, a person at the command line or a program.
import { t } from '../../i18n/t.tsx';

/** `user:maria` is the account, `cli:maria` the person at the command line, `token:maria/crm` a program. */
export function Actor({ name }: { readonly name: string }) {
  const [, kind = '', rest = name] = /^(user|cli|token):(.*)$/.exec(name) ?? [];
  const word = { user: t('audit.byAccount'), cli: t('audit.byCommand'), token: t('audit.byToken') }[kind];
  return (
    <span class="actor">
      {rest}
      {word === undefined ? null : <span class="quiet"> ({word})</span>}
    </span>
  );
}
