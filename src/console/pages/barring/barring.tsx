// Call barring: what the organisation lets out, changed on one draft that is looked at before it is saved.
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Country } from '../../../http/api/region-forms.ts';
import type { Barring } from '../../../http/api/routes/barring.ts';
import type { Level } from '../../../http/api/routes/countries.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { t } from '../../i18n/t.tsx';
import { useLeaveWarning } from '../../shell/leave.ts';
import { may } from '../../shell/session.ts';
import { CountriesSection } from './countries.tsx';
import { draftSize, emptyDraft, rebased, type Draft, type Editing } from './draft.ts';
import { LevelSection, PremiumSection, ProtectionSection } from './level.tsx';
import { Review } from './review.tsx';
import './barring.css';
import { DiallingSection, MoreSettings, NumberingSection } from './settings.tsx';

export default function BarringPage() {
  const barring = useResource<Barring>('/barring');
  const countries = useResource<{ readonly countries: readonly Country[] }>('/countries');
  const levels = useResource<{ readonly levels: readonly Level[] }>('/levels');
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [reviewing, setReviewing] = useState(false);
  const held = barring.data;
  const reload = () => {
    barring.reload();
    countries.reload();
    levels.reload();
  };
  useEffect(() => {
    if (held !== null) setDraft((before) => rebased(held, before));
  }, [held]);
  useLeaveWarning(draftSize(draft) > 0);
  useCountryLink();
  return (
    <Page
      title={t('barring.title')}
      lead={t('barring.lead')}
      actions={
        <>
          <a class="button button-plain" href="/rules">
            {t('rules.title')}
          </a>
          <a class="button button-plain" href="/schedules">
            {t('schedules.title')}
          </a>
          <a class="button button-plain" href="/announcements">
            {t('announcements.title')}
          </a>
        </>
      }
    >
      <Loaded of={barring}>
        {(found) => {
          const editing: Editing = { held: found, draft, setDraft, editable: may('system.write') };
          return <Parts editing={editing} countries={countries} levels={levels} />;
        }}
      </Loaded>
      {draftSize(draft) > 0 ? (
        <div class="save-bar" role="region" aria-label={t('barring.notSaved', { count: draftSize(draft) })}>
          <strong aria-live="polite">{t('barring.notSaved', { count: draftSize(draft) })}</strong>
          <div class="actions">
            <Button onClick={() => setDraft(emptyDraft)}>{t('barring.discard')}</Button>
            <Button kind="primary" onClick={() => setReviewing(true)}>
              {t('barring.review')}
            </Button>
          </div>
        </div>
      ) : null}
      {reviewing && held !== null && draftSize(draft) > 0 ? (
        <Review
          held={held}
          draft={draft}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            setReviewing(false);
            setDraft(emptyDraft);
            reload();
          }}
          onReload={() => {
            setReviewing(false);
            reload();
          }}
        />
      ) : null}
    </Page>
  );
}

interface PartsProps {
  readonly editing: Editing;
  readonly countries: ReturnType<typeof useResource<{ readonly countries: readonly Country[] }>>;
  readonly levels: ReturnType<typeof useResource<{ readonly levels: readonly Level[] }>>;
}

function Parts({ editing, countries, levels }: PartsProps) {
  return (
    <Loaded of={levels}>
      {({ levels: rows }) => (
        <Loaded of={countries}>
          {({ countries: all }) => (
            <Tabs
              label={t('barring.title')}
              tabs={[
                {
                  key: 'level',
                  title: t('barring.tabLevel'),
                  content: () => (
                    <>
                      <ProtectionSection {...editing} />
                      <LevelSection {...editing} levels={rows} />
                      <PremiumSection {...editing} />
                    </>
                  ),
                },
                {
                  key: 'countries',
                  title: t('barring.tabCountries'),
                  content: () => <CountriesSection {...editing} countries={all} levels={rows} />,
                },
                {
                  key: 'dialling',
                  title: t('barring.tabDialling'),
                  content: () => (
                    <>
                      <DiallingSection {...editing} countries={all} />
                      <MoreSettings {...editing} />
                      <NumberingSection editable={editing.editable} />
                    </>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** `?country=AR`, where a refused call leads: the table, with that country in it. */
function useCountryLink(): void {
  const { query, path, route } = useLocation();
  const { country, tab } = query;
  useEffect(() => {
    if (country !== undefined && tab === undefined) {
      route(`${path}?tab=countries&country=${encodeURIComponent(country)}`, true);
    }
  }, [country, tab]);
}
