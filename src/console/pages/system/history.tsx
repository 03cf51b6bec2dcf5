// The versions of the policy: each as a file, and the way back to one.
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { Actor } from '../audit/actor.tsx';
import { ApplyPolicy } from './apply-policy.tsx';

interface Version {
  readonly version: number;
  readonly atMs: number;
  readonly actor: string;
}

export function History() {
  const history = useResource<{ readonly versions: readonly Version[] }>('/policy/history');
  const policy = useResource<{ readonly version: number }>('/policy');
  const reload = () => {
    policy.reload();
    history.reload();
  };
  const back = useAction(async (version: number) => {
    const isSure = await confirm({
      title: t('system.rollbackTitle', { version: String(version) }),
      text: t('system.rollbackText'),
      action: t('system.rollback'),
      danger: true,
    });
    if (!isSure) return;
    toastOutcome(await api.post('/policy/rollback', { version }, { ifMatch: '*' }));
    reload();
  });
  const inForce = policy.data?.version;
  return (
    <Section
      title={t('system.history')}
      lead={t('system.historyLead')}
      actions={
        <>
          <ExportLink path="/policy.toml" file="policy.toml" label={t('system.exportPolicy')} />
          {may('system.write', 'users.write') ? <ApplyPolicy onApplied={reload} /> : null}
        </>
      }
      flush
    >
      {back.problem === null ? null : <ProblemNote problem={back.problem} />}
      <Loaded of={history}>
        {({ versions }) => (
          <Table
            label={t('system.history')}
            rows={versions}
            rowKey={({ version }) => String(version)}
            columns={[
              {
                key: 'version',
                title: t('system.version'),
                render: ({ version }) => (
                  <>
                    {version} {version === inForce ? <Badge tone="good">{t('system.inForce')}</Badge> : null}
                  </>
                ),
              },
              { key: 'time', title: t('calls.time'), render: ({ atMs }) => formatMoment(atMs) },
              { key: 'actor', title: t('audit.actor'), render: ({ actor }) => <Actor name={actor} /> },
              {
                key: 'actions',
                title: t('calls.actions'),
                bare: true,
                render: ({ version }) =>
                  version === inForce || !may('system.write', 'users.write') ? null : (
                    <Button
                      label={t('system.rollbackTo', { version: String(version) })}
                      busy={back.busy}
                      onClick={() => void back.run(version)}
                    >
                      {t('system.rollback')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
