// The columns of the table of users.
import { Badge } from '../../components/badge.tsx';
import type { Column } from '../../components/table.tsx';
import { countryName, formatEnd } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { RightBadge, type ListedUser } from './users.tsx';

export const userHref = (extension: string) => `/users/${encodeURIComponent(extension)}`;
/** Of the page of a user, with an exception begun for a country by its code, or for a number. */
export const exceptionHref = (extension: string, target: string) =>
  `${userHref(extension)}?except=${encodeURIComponent(target)}`;
export const groupHref = (name: string) => `/groups/${encodeURIComponent(name)}`;

export const userColumns = (): readonly Column<ListedUser>[] => [
  {
    key: 'extension',
    title: t('users.extension'),
    render: ({ extension }) => <a href={userHref(extension)}>{extension}</a>,
  },
  { key: 'name', title: t('users.name'), render: ({ name }) => name || '–' },
  {
    key: 'right',
    title: t('users.abroad'),
    render: ({ international, quarantine }) => (
      <span class="actions">
        <RightBadge on={international} />
        {quarantine === null ? null : <Badge tone="bad">{t('users.quarantined')}</Badge>}
      </span>
    ),
  },
  { key: 'level', title: t('users.level'), render: ({ level }) => levelWord(level) },
  {
    key: 'groups',
    title: t('users.groups'),
    render: ({ groups }) => (groups.length === 0 ? '–' : <GroupLinks groups={groups} />),
  },
  { key: 'exceptions', title: t('users.exceptions'), render: (row) => <ExceptionsOf {...row} /> },
];

export function GroupLinks({ groups }: { readonly groups: readonly string[] }) {
  return (
    <span class="actions">
      {groups.map((name) => (
        <a key={name} href={groupHref(name)}>
          {name}
        </a>
      ))}
    </span>
  );
}

export const levelWord = (level: string | null) =>
  level === null ? t('users.inherit') : tOr(`users.level-${level}`, level);

/** `FR` by its name, numbers as they are. */
export const targetWords = (target: string) => countryName(target);

function ExceptionsOf({ exceptions, exceptionCount }: ListedUser) {
  const [soonest] = exceptions;
  if (soonest === undefined) return '–';
  const { target, action, untilMs } = soonest;
  const until = untilMs === null ? t('users.noEnd') : t('users.until', { day: formatEnd(untilMs) });
  const more = exceptionCount - 1;
  return (
    <span>
      {action === 'allow' ? '' : `${tOr(`user.action-${action}`, action)}: `}
      {targetWords(target)} <span class="quiet">{until}</span>
      {more > 0 ? <span class="quiet"> {t('ui.andMore', { count: more })}</span> : null}
    </span>
  );
}
