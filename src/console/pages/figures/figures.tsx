// The page “Figures”: what was refused and why, what rang and who rescued it, over a time that one chooses.
import type { z } from 'zod';
import type { denialAnswer, pickupAnswer } from '../../../http/api/routes/statistics.ts';
import { useResource } from '../../api/use-resource.ts';
import { IconButton } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import { browserTimeZone, usePeriod } from '../calls/period.ts';
import { PeriodField } from '../calls/record-filters.tsx';
import { DenialFigures } from './denials.tsx';
import './figures.css';
import { PickupFigures } from './pickup.tsx';

export type Denials = z.infer<typeof denialAnswer>;
export type Pickups = z.infer<typeof pickupAnswer>;

export interface FiguresQuery {
  readonly since: number | undefined;
  readonly timeZone: string;
}

export default function Figures() {
  const period = usePeriod('week');
  const query: FiguresQuery = { since: period.since, timeZone: browserTimeZone() };
  const denials = useResource<Denials>('/statistics/denials', { ...query });
  const pickups = useResource<Pickups>('/statistics/pickup', { ...query, by: 'day' });
  const groups = useResource<Pickups>('/statistics/pickup', { ...query, by: 'group' });
  return (
    <Page
      title={t('figures.title')}
      lead={t('figures.lead')}
      actions={
        <>
          <PeriodField of={period} />
          <IconButton icon="refresh" label={t('calls.refresh')} onClick={period.renew} />
        </>
      }
    >
      <Loaded of={denials}>{(data) => <DenialFigures figures={data} query={query} />}</Loaded>
      <Loaded of={pickups}>
        {(data) => <PickupFigures figures={data} groups={groups.data} query={query} />}
      </Loaded>
    </Page>
  );
}
