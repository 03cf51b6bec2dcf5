// The exceptions of one user, with their ends; added in three clicks, ended with one.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Flag } from '../../components/flag.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { formatEnd } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { targetWords } from '../users/user-columns.tsx';
import { AddException } from './add-exception.tsx';
import type { UserPolicy } from './user.tsx';

type Outcome = z.infer<typeof outcomeForm>;
type Row = UserPolicy['exceptions'][number];

interface UserExceptionsProps {
  readonly extension: string;
  readonly exceptions: readonly Row[];
  readonly onDone: (outcome: Outcome) => void;
}

const tones = { active: 'good', 'not-yet': 'info', expired: 'plain' } as const;
const states = {
  active: 'user.state-active',
  'not-yet': 'user.state-not-yet',
  expired: 'user.state-expired',
} as const;
const actions = { allow: 'user.action-allow', deny: 'user.action-deny', pin: 'user.action-pin' } as const;

export function UserExceptions({ extension, exceptions, onDone }: UserExceptionsProps) {
  const [adding, setAdding] = useState(false);
  const mayChange = may('users.write', 'system.write');
  const removal = useAction(async ({ id }: Row) => {
    const path = `/exceptions/${id}`;
    // Read for its entity tag, which the change must name.
    await api.get(path);
    onDone(await api.delete<Outcome>(path));
  });
  const remove = async (row: Row) => {
    const title = t('user.removeException', { target: targetWords(row.target) });
    if (await confirm({ title, action: t('users.remove'), danger: true })) await removal.run(row);
  };
  const current = exceptions.filter(({ state }) => state !== 'expired');
  const expired = exceptions.filter(({ state }) => state === 'expired');
  const columns = exceptionColumns(mayChange ? (row) => void remove(row) : null);
  const rowKey = ({ id }: Row) => String(id);
  return (
    <Section
      title={t('users.exceptions')}
      lead={t('user.exceptionsLead')}
      flush
      actions={
        mayChange ? (
          <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
            {t('user.addException')}
          </Button>
        ) : null
      }
    >
      {removal.problem === null ? null : <ProblemNote problem={removal.problem} />}
      {current.length === 0 ? (
        <p class="toolbar quiet">{t('user.noExceptions')}</p>
      ) : (
        <Table label={t('users.exceptions')} rows={current} columns={columns} rowKey={rowKey} />
      )}
      {expired.length === 0 ? null : (
        <div class="toolbar">
          <Disclosure summary={t('user.expired', { count: expired.length })}>
            <Table
              label={t('user.expired', { count: expired.length })}
              rows={expired}
              columns={columns}
              rowKey={rowKey}
            />
          </Disclosure>
        </div>
      )}
      {adding ? (
        <AddException
          extensions={[extension]}
          onClose={() => setAdding(false)}
          onDone={(outcome) => {
            setAdding(false);
            onDone(outcome);
          }}
        />
      ) : null}
    </Section>
  );
}

const exceptionColumns = (onRemove: ((row: Row) => void) | null): readonly Column<Row>[] => [
  {
    key: 'target',
    title: t('user.target'),
    render: ({ target, region }) => (
      <span class="actions">
        {region === null ? null : <Flag region={region} />}
        {targetWords(target)}
      </span>
    ),
  },
  { key: 'action', title: t('user.action'), render: ({ action }) => t(actions[action]) },
  {
    key: 'until',
    title: t('ui.until'),
    render: ({ untilMs }) => (untilMs === null ? t('users.noEnd') : formatEnd(untilMs)),
  },
  {
    key: 'state',
    title: t('users.state'),
    render: ({ state }) => <Badge tone={tones[state]}>{t(states[state])}</Badge>,
  },
  {
    key: 'reason',
    title: t('user.reason'),
    render: ({ reason, owner }) => (owner === '' ? reason : `${reason} (${owner})`),
  },
  ...(onRemove === null
    ? []
    : [
        {
          key: 'remove',
          title: t('users.remove'),
          bare: true,
          render: (row: Row) => (
            <IconButton
              icon="trash"
              label={t('ui.remove', { what: targetWords(row.target) })}
              onClick={() => onRemove(row)}
            />
          ),
        },
      ]),
];
