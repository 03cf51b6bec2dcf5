// The exceptions of one user, with their ends; added in three clicks, extended and ended with one.
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { exceptionActions, exceptionColumns } from '../exceptions/exception-columns.tsx';
import { ExtendExceptions } from '../exceptions/extend-exceptions.tsx';
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

export function UserExceptions({ extension, exceptions, onDone }: UserExceptionsProps) {
  const { query, path: here, route } = useLocation();
  // `?except=CO`, where a refused call leads: the exception is begun.
  const except = query['except'] ?? '';
  const [adding, setAdding] = useState(except !== '' && may('users.write', 'system.write'));
  const close = () => {
    setAdding(false);
    if (except !== '') route(here, true);
  };
  const [extending, setExtending] = useState<Row | null>(null);
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
  const doing = { extend: setExtending, remove: (row: Row) => void remove(row) };
  const columns = [...exceptionColumns<Row>(), ...(mayChange ? [exceptionActions<Row>(doing)] : [])];
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
          first={except === '' ? [] : [except]}
          onClose={close}
          onDone={(outcome) => {
            close();
            onDone(outcome);
          }}
        />
      ) : null}
      {extending === null ? null : (
        <ExtendExceptions
          rows={[extending]}
          onClose={() => setExtending(null)}
          onDone={(outcome) => {
            setExtending(null);
            onDone(outcome);
          }}
        />
      )}
    </Section>
  );
}
