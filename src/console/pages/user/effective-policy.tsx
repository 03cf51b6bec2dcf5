// What one user may call, in words, and where each line comes from.
import { Badge } from '../../components/badge.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Flag } from '../../components/flag.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { compareText, countryName, formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { RuleLink } from '../try-number/rule-link.tsx';
import { targetOf } from '../try-number/rule-target.ts';
import { VerdictBadge } from '../try-number/verdict-badge.tsx';
import './user.css';
import type { UserPolicy } from './user.tsx';

type Kind = Pick<UserPolicy['home'][number], 'what' | 'verdict' | 'reason' | 'rule'>;
type Regions = UserPolicy['abroad'][number];

/** Countries that are named before the rest is behind a click. */
const NAMED_MAX = 8;

export function EffectivePolicy({ policy }: { readonly policy: UserPolicy }) {
  const { right, schedules, abroad, abroadWhenOpen, extension } = policy;
  const from = extension;
  return (
    <>
      <Section title={t('user.abroadTitle')} lead={t('user.abroadLead')} flush>
        <p class="toolbar">
          <strong>{t('users.abroad')}</strong>
          <Badge tone={right.on ? 'good' : 'bad'}>
            {right.on ? t('users.mayAbroad') : t('users.mayNotAbroad')}
          </Badge>
          <RuleLink target={targetOf(right.rule.id)} from={from} otherwise={said(right.rule.text)} />
        </p>
        {schedules.map(({ name, isOpen, nextChangeMs }) => (
          <p key={name} class="toolbar">
            <a href="/schedules">{name}</a>{' '}
            <Badge tone={isOpen ? 'good' : 'warn'}>{isOpen ? t('user.open') : t('user.closed')}</Badge>{' '}
            {nextChangeMs === null ? null : (
              <span class="quiet">{t('users.until', { day: formatMoment(nextChangeMs) })}</span>
            )}
          </p>
        ))}
        {abroadWhenOpen === null ? null : <p class="toolbar quiet">{t('user.whenOpen')}</p>}
        <Table
          label={t('user.abroadTitle')}
          rows={abroadWhenOpen ?? abroad}
          columns={regionColumns(from)}
          rowKey={(row) => `${row.verdict} ${row.reason} ${row.by}`}
        />
      </Section>
      <Section title={t('user.homeTitle')} flush>
        <Table
          label={t('user.homeTitle')}
          rows={[...policy.home, ...policy.premium]}
          columns={kindColumns(from)}
          rowKey={({ what }) => what}
        />
      </Section>
    </>
  );
}

const kindColumns = (from: string): readonly Column<Kind>[] => [
  {
    key: 'what',
    title: t('user.numbers'),
    render: ({ what }) => tOr(`user.kind-${what.replaceAll(' ', '-')}`, what),
  },
  { key: 'verdict', title: t('user.verdict'), render: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
  { key: 'reason', title: t('user.why'), render: ({ reason }) => tOr(`reasons.${reason}`, reason) },
  {
    key: 'by',
    title: t('user.by'),
    render: ({ rule }) => <RuleLink target={targetOf(rule.id)} from={from} otherwise={t('user.bySystem')} />,
  },
];

const regionColumns = (from: string): readonly Column<Regions>[] => [
  { key: 'verdict', title: t('user.verdict'), render: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
  { key: 'count', title: t('user.count'), align: 'end', render: ({ regions }) => regions.length },
  { key: 'regions', title: t('user.countries'), render: ({ regions }) => <RegionNames regions={regions} /> },
  {
    key: 'reason',
    title: t('user.why'),
    render: ({ reason, instead }) => tOr(`reasons.${instead ?? reason}`, instead ?? reason),
  },
  {
    key: 'by',
    title: t('user.by'),
    render: ({ decidedBy, regions }) => (
      <RuleLink target={decidedBy} from={from} many={regions.length > 1} otherwise={t('user.bySystem')} />
    ),
  },
];

/** What belongs to no country, such as `+800`, comes behind the countries. */
const codesLast = ({ region }: { readonly region: string }) => (region.startsWith('+') ? 1 : 0);

function RegionNames({ regions }: { readonly regions: readonly string[] }) {
  const names = regions
    .map((region) => ({ region, name: countryName(region) }))
    .toSorted((one, other) => codesLast(one) - codesLast(other) || compareText(one.name, other.name));
  const shown = names.slice(0, NAMED_MAX);
  const more = names.slice(NAMED_MAX);
  return (
    <div>
      <Names names={shown} />
      {more.length === 0 ? null : (
        <Disclosure summary={t('ui.andMore', { count: more.length })}>
          <Names names={more} />
        </Disclosure>
      )}
    </div>
  );
}

function Names({ names }: { readonly names: readonly { readonly region: string; readonly name: string }[] }) {
  return (
    <ul class="region-names">
      {names.map(({ region, name }) => (
        <li key={region}>
          {region.startsWith('+') ? null : <Flag region={region} />} {name}
        </li>
      ))}
    </ul>
  );
}
