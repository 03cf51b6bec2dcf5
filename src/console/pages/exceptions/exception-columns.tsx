// The columns of a table of exceptions, and what is done to one of them.
import { Badge } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { Flag } from '../../components/flag.tsx';
import type { Column } from '../../components/table.tsx';
import { formatEnd, formatFromNow } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { ListedException } from '../../../http/api/routes/exceptions.ts';
import { targetWords } from '../users/user-columns.tsx';

const SOON_MS = 7 * 86_400_000;

const tones = { active: 'good', 'not-yet': 'info', expired: 'plain' } as const;
const states = {
  active: 'user.state-active',
  'not-yet': 'user.state-not-yet',
  expired: 'user.state-expired',
} as const;
const actions = { allow: 'user.action-allow', deny: 'user.action-deny', pin: 'user.action-pin' } as const;

/** With the name of the user or without it. */
export type ExceptionRow = Omit<ListedException, 'name'>;

/** For which country or number, what it does, until when, why. */
export const exceptionColumns = <Row extends ExceptionRow>(): readonly Column<Row>[] => [
  {
    key: 'target',
    title: t('user.target'),
    render: ({ target, region }) => (
      <span class="actions">
        {region === null ? null : <Flag region={region} />}
        {region === null ? <span class="number">{targetWords(target)}</span> : targetWords(target)}
      </span>
    ),
  },
  { key: 'action', title: t('user.action'), render: ({ action }) => t(actions[action]) },
  { key: 'until', title: t('ui.until'), render: (row) => <End {...row} /> },
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
];

function End({ untilMs, state }: ExceptionRow) {
  if (untilMs === null) return t('users.noEnd');
  const nowMs = Date.now();
  const soon = state !== 'expired' && untilMs - nowMs <= SOON_MS;
  return (
    <span class="actions">
      {formatEnd(untilMs)}
      {soon ? <Badge tone="warn">{formatFromNow(untilMs, nowMs)}</Badge> : null}
    </span>
  );
}

interface Doing<Row> {
  readonly extend: (row: Row) => void;
  readonly remove: (row: Row) => void;
}

/** Its buttons name the user where `who` does. */
export const exceptionActions = <Row extends ExceptionRow>(
  { extend, remove }: Doing<Row>,
  who: (row: Row) => string = () => '',
): Column<Row> => {
  const what = (row: Row) => [who(row), targetWords(row.target)].filter((word) => word !== '').join(': ');
  return {
    key: 'do',
    title: t('exceptions.actions'),
    bare: true,
    align: 'end',
    render: (row) => (
      <span class="actions">
        <IconButton
          icon="clock"
          label={t('exceptions.extendOne', { what: what(row) })}
          onClick={() => extend(row)}
        />
        <IconButton icon="trash" label={t('ui.remove', { what: what(row) })} onClick={() => remove(row)} />
      </span>
    ),
  };
};
