// One decision as it was recorded: who, what, the rule, and each step that led to it.
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Facts } from '../../components/figures.tsx';
import { Person } from '../../components/person.tsx';
import { formatMoment, formatNumber } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { outcomeOf } from '../try-number/step-outcome.ts';
import { Destination, type Call } from './decisions.tsx';
import { reasonWord, verdictTone, verdictWord } from './names.ts';
import { tryAddress } from './try-address.ts';

const MICROSECONDS = 1000;

export function DecisionDialog({ call, onClose }: { readonly call: Call; readonly onClose: () => void }) {
  const { verdict, reason, rule, detail, party, via, dialled, atMs, policyVersion, latencyUs } = call;
  const text = (key: string) => (typeof detail[key] === 'string' ? detail[key] : '');
  const trace: readonly unknown[] = Array.isArray(detail['trace']) ? detail['trace'] : [];
  return (
    <Dialog
      title={t('calls.decisionTitle')}
      onClose={onClose}
      wide
      footer={
        <a
          class="button button-primary"
          href={tryAddress({ number: dialled, from: party ?? '', via: via ?? '', atMs })}
        >
          {t('calls.tryIt')}
        </a>
      }
    >
      <Facts
        facts={[
          [t('calls.verdict'), <Badge tone={verdictTone(verdict)}>{verdictWord(verdict)}</Badge>],
          [t('calls.reason'), tOr(`reasons.why-${reason}`, reasonWord(reason))],
          [t('calls.rule'), text('rule') === '' ? rule : `${text('rule')} (${rule})`],
          [t('calls.time'), formatMoment(atMs)],
          [t('calls.from'), party === null ? t('calls.nobody') : <Person extension={party} />],
          [t('calls.to'), <Destination call={call} />],
          [t('calls.dialled'), <span class="number">{dialled}</span>],
          ...(policyVersion === null ? [] : [[t('calls.policyVersion'), policyVersion] as const]),
          ...(latencyUs === null
            ? []
            : [
                [
                  t('calls.decidedIn'),
                  formatNumber(latencyUs / MICROSECONDS, {
                    style: 'unit',
                    unit: 'millisecond',
                    maximumFractionDigits: 2,
                  }),
                ] as const,
              ]),
        ]}
      />
      {trace.length === 0 ? null : (
        <>
          <h3>{t('calls.steps')}</h3>
          <ol class="steps">
            {trace.map((step, place) => (
              <li key={place}>{stepText(step)}</li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}

/** As the daemon recorded it. */
function stepText(step: unknown): string {
  if (typeof step !== 'object' || step === null) return String(step);
  const { step: name, result = '' } = step as { readonly step?: string; readonly result?: string };
  const { outcome, detail } = outcomeOf(result);
  const words = outcome === null ? said(detail) : tOr(`reasons.outcome-${outcome}`, outcome);
  const more = outcome === null || detail === '' ? '' : ` (${said(detail)})`;
  const label = tOr(`reasons.step-${String(name)}`, String(name));
  return `${label}${label.endsWith('?') ? '' : ':'} ${words}${more}`;
}
