// The figures of call barring: how many calls were refused, by day, reason, country and user.
import { BarList, Chart } from '../../components/chart.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Stats } from '../../components/figures.tsx';
import { Person } from '../../components/person.tsx';
import { Section } from '../../components/page.tsx';
import { countryName, formatList, formatNumber, formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { reasonWord } from '../calls/names.ts';
import { CHART_DAYS_MIN, everyDay } from './every-day.ts';
import type { Denials, FiguresQuery } from './figures.tsx';

/** Countries of a shared code that are named. */
const REGIONS_NAMED_MAX = 3;

interface DenialFiguresProps {
  readonly figures: Denials;
  readonly query: FiguresQuery;
}

export function DenialFigures({ figures, query }: DenialFiguresProps) {
  const { total, denialRate, byReason, byRegions, byExtension } = figures;
  return (
    <>
      <h2 class="figures-title">{t('figures.barring')}</h2>
      <Stats
        stats={[
          { label: t('figures.judged'), value: formatNumber(total.calls) },
          { label: t('figures.allowed'), value: formatNumber(total.allowed), tone: 'good' },
          {
            label: t('figures.denied'),
            value: formatNumber(total.denied),
            ...(total.denied === 0 ? {} : { tone: 'bad' as const }),
            ...(denialRate === null
              ? {}
              : { text: t('figures.ofAll', { share: formatPercent(denialRate) }) }),
          },
          ...(total.observed === 0
            ? []
            : [{ label: t('figures.observed'), value: formatNumber(total.observed), tone: 'warn' as const }]),
          ...(total.unscreened === 0
            ? []
            : [
                {
                  label: t('figures.unscreened'),
                  value: formatNumber(total.unscreened),
                  tone: 'warn' as const,
                },
              ]),
        ]}
      />
      {total.calls === 0 ? (
        <Section>
          <Empty title={t('figures.noCalls')} text={t('figures.noCallsText')} />
        </Section>
      ) : (
        <>
          <ByDay figures={figures} query={query} />
          {total.denied === 0 ? null : (
            <div class="figure-columns">
              <Section title={t('figures.byReason')}>
                <BarList
                  label={t('figures.byReason')}
                  bars={byReason.map(({ reason, denied }) => ({
                    key: reason,
                    label: reasonWord(reason),
                    value: denied,
                  }))}
                />
              </Section>
              <Section title={t('figures.byCountry')}>
                <BarList
                  label={t('figures.byCountry')}
                  bars={byRegions.map(({ regions, denied }) => ({
                    key: regions.join(' '),
                    label: countriesText(regions),
                    value: denied,
                  }))}
                />
              </Section>
              <Section
                title={t('figures.byUser')}
                lead={may('calls.read') ? t('figures.byUserLead') : undefined}
              >
                <TopRefused rows={byExtension} />
              </Section>
            </div>
          )}
        </>
      )}
    </>
  );
}

function ByDay({ figures, query }: DenialFiguresProps) {
  const { moments, rows } = everyDay(figures.byDay, ({ day }) => day, query.since, Date.now());
  return (
    <Section
      title={t('figures.byDay')}
      actions={<ExportLink path="/statistics/denials.csv" query={{ ...query }} file="denials.csv" />}
    >
      {moments.length < CHART_DAYS_MIN ? (
        <p class="quiet">{t('figures.oneDay')}</p>
      ) : (
        <Chart
          label={t('figures.byDayLabel')}
          moments={moments}
          series={[
            { label: t('figures.allowed'), values: rows.map((row) => row?.allowed ?? 0), colour: 3 },
            { label: t('figures.denied'), values: rows.map((row) => row?.denied ?? 0), colour: 2 },
          ]}
        />
      )}
    </Section>
  );
}

function countriesText(regions: readonly string[]): string {
  if (regions.length === 0) return t('figures.noCountry');
  const more = regions.length - REGIONS_NAMED_MAX;
  const named = regions.slice(0, REGIONS_NAMED_MAX).map(countryName);
  return formatList(more > 0 ? [...named, t('ui.andMore', { count: more })] : named);
}

function TopRefused({ rows }: { readonly rows: Denials['byExtension'] }) {
  return (
    <ol class="top-list">
      {rows.map(({ extension, denied, calls }) => (
        <li key={extension ?? ''}>
          <span>
            {extension === null ? (
              t('figures.nobody')
            ) : (
              <Person
                extension={extension}
                href={
                  may('calls.read') ? `/calls?verdict=deny&text=${encodeURIComponent(extension)}` : undefined
                }
              />
            )}
          </span>
          <strong>{formatNumber(denied)}</strong>
          <span class="quiet">{t('figures.ofCalls', { count: calls })}</span>
        </li>
      ))}
    </ol>
  );
}
