// Tokens of an account: made with some of its rights and an end, shown once, removed.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatDate, formatFromNow, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { rightName, type Right } from '../../shell/rights.ts';
import type { tokenForm } from '../../../http/api/routes/access-forms.ts';
import { AddToken, type MadeToken } from './add-token.tsx';
import { ShownOnce } from './shown-once.tsx';

type Token = z.infer<typeof tokenForm>;

interface TokensProps {
  /** `/session` for one's own, `/accounts/maria` for those of somebody else. */
  readonly of: string;
  /** Those that a token of this account can have. */
  readonly rights: readonly Right[];
}

export function Tokens({ of, rights }: TokensProps) {
  const path = `${of}/tokens`;
  const tokens = useResource<{ readonly tokens: readonly Token[] }>(path);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const remove = async (name: string) => {
    const question = {
      title: t('account.removeTokenTitle', { name }),
      text: t('account.removeTokenText'),
      action: t('account.remove'),
      danger: true,
    };
    if (!(await confirm(question))) return;
    await attempt(() => api.delete(`${path}/${encodeURIComponent(name)}`));
    tokens.reload();
  };
  const add = (
    <Button icon="add" onClick={() => setAdding(true)}>
      {t('account.addToken')}
    </Button>
  );
  return (
    <Section title={t('account.tokens')} lead={t('account.tokensLead')} actions={add} flush>
      <Loaded of={tokens}>
        {({ tokens: rows }) => (
          <Table
            label={t('account.tokens')}
            rows={rows}
            rowKey={({ name }) => name}
            columns={columns((name) => void remove(name))}
            empty={<Empty title={t('account.noTokens')} />}
          />
        )}
      </Loaded>
      {adding ? (
        <AddToken
          path={path}
          rights={rights}
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false);
            setMade(token);
            tokens.reload();
          }}
        />
      ) : null}
      {made === null ? null : (
        <ShownOnce
          title={t('account.tokenMade', { name: made.name })}
          text={t('account.shownOnce')}
          secret={made.token}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );
}

const columns = (remove: (name: string) => void): readonly Column<Token>[] => [
  { key: 'name', title: t('account.tokenName'), render: ({ name }) => name },
  {
    key: 'rights',
    title: t('account.tokenRights'),
    render: ({ rights }) => formatList(rights.map(rightName)),
  },
  {
    key: 'used',
    title: t('account.lastUsed'),
    render: ({ usedMs }) => (usedMs === null ? t('ui.never') : formatFromNow(usedMs, Date.now())),
  },
  {
    key: 'until',
    title: t('account.until'),
    render: ({ untilMs, state }) => (
      <>
        {formatDate(untilMs)} {state === 'expired' ? <Badge tone="bad">{t('account.expired')}</Badge> : null}
        {state === 'not-yet' ? <Badge>{t('account.notYet')}</Badge> : null}
      </>
    ),
  },
  {
    key: 'actions',
    title: t('account.actions'),
    bare: true,
    align: 'end',
    render: ({ name }) => (
      <Button kind="quiet" icon="trash" label={t('ui.remove', { what: name })} onClick={() => remove(name)}>
        {t('account.remove')}
      </Button>
    ),
  },
];
