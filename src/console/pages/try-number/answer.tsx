// The answer to a number that was tried: the verdict in large letters, why, what the phone hears, and every step to it.
import type { z } from 'zod';
import { withName } from '../../api/people.ts';
import { Badge } from '../../components/badge.tsx';
import { Facts } from '../../components/figures.tsx';
import { Icon } from '../../components/icon.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { SwitchField } from '../../components/choices.tsx';
import { countryName, formatDuration, formatList } from '../../i18n/format.ts';
import { said, saidWord } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { useState } from 'preact/hooks';
import type { checkForm } from '../../../http/api/routes/check.ts';
import { may } from '../../shell/session.ts';
import { exceptionHref } from '../users/user-columns.tsx';
import { RuleLink } from './rule-link.tsx';
import { targetOf } from './rule-target.ts';
import { outcomeOf } from './step-outcome.ts';
import { verdictTones, verdictWord } from './verdict-badge.tsx';

export type Check = z.infer<typeof checkForm>;

interface AnswerProps {
  readonly check: Check;
  readonly from: string;
}

export function Answer({ check, from }: AnswerProps) {
  const { verdict, reason, sentence, rule, decidedBy, instead, observed, notices } = check;
  return (
    <>
      <section class="card verdict" data-tone={verdictTones[verdict]} aria-labelledby="verdict-word">
        <h2 id="verdict-word" class="verdict-word">
          <Icon name={verdict === 'continue' ? 'check' : verdict === 'deny' ? 'close' : 'key'} />
          {verdictWord(verdict)}
        </h2>
        <p class="verdict-why">{tOr(`reasons.why-${reason}`, sentence)}</p>
        {instead === null ? null : (
          <p>{t('tryNumber.instead', { reason: tOr(`reasons.${instead}`, instead) })}</p>
        )}
        <p class="verdict-rule">
          <span class="quiet">{t('tryNumber.decidedBy')}</span>{' '}
          <RuleLink target={decidedBy} from={from} otherwise={t('tryNumber.bySystem')} />{' '}
          <span class="quiet">({said(rule.text)})</span>
        </p>
        <Facts facts={factsOf(check)} />
        <Remedy check={check} from={from} />
      </section>
      {observed.map((each) => (
        <Note key={each.rule.id} tone="warn" title={t('tryNumber.observed')}>
          <p>
            {verdictWord(each.would)}: {tOr(`reasons.why-${each.reason}`, said(each.rule.text))}
          </p>
        </Note>
      ))}
      {notices.map(({ text }) => (
        <Note key={text} tone="warn">
          <p>{said(text)}</p>
        </Note>
      ))}
      <Steps check={check} from={from} />
    </>
  );
}

function factsOf(check: Check): readonly (readonly [string, string])[] {
  const { destination, announcement, heard, sip, cause, maxDurationMs, pins } = check;
  const { kind, e164, regions, type } = destination;
  const names = regions.map((region) => countryName(region));
  const read = [
    tOr(`tryNumber.kind-${kind}`, kind),
    e164 ?? '',
    names.length === 0 ? '' : formatList(names),
    type === null ? '' : tOr(`tryNumber.type-${type}`, type),
  ].filter((word) => word !== '');
  const facts: (readonly [string, string])[] = [[t('tryNumber.readAs'), read.join(', ')]];
  if (destination.number !== '') facts.push([t('tryNumber.dials'), destination.number]);
  if (announcement !== null) {
    const sounds = announcement || t('tryNumber.silence');
    facts.push([t('tryNumber.hears'), heard === '' ? sounds : `“${heard}” (${sounds})`]);
  }
  if (sip !== null && cause !== null) facts.push([t('tryNumber.answered'), `${sip} (Q.850 ${cause})`]);
  if (pins.length > 0) facts.push([t('tryNumber.pins'), pins.join(', ')]);
  if (maxDurationMs !== null) facts.push([t('tryNumber.lasts'), formatDuration(maxDurationMs)]);
  return facts;
}

/** What an exception of one user opens; a quarantine, a block or a limit it does not. */
const REMEDIED = new Set([
  'no-international-right',
  'country-not-allowed',
  'country-denied',
  'number-denied',
]);

/** From a refusal to its exception in one step, for who may give one. */
function Remedy({ check: { verdict, reason, destination }, from }: AnswerProps) {
  const [region = '', ...others] = destination.regions;
  const target = others.length === 0 && region !== '' ? region : destination.e164;
  if (verdict !== 'deny' || !REMEDIED.has(reason) || from === '' || target === null) return null;
  if (!may('users.write', 'system.write')) return null;
  return (
    <div class="actions">
      <a class="button button-plain" href={exceptionHref(from, target)}>
        {t('tryNumber.addException', { who: withName(from) })}
      </a>
    </div>
  );
}

/** A rule is named and leads to where it stands; digits are shown as they are. */
function Detail({ text, from }: { readonly text: string; readonly from: string }) {
  if (text === '') return null;
  const target = targetOf(text);
  if (target !== null) return <RuleLink target={target} from={from} otherwise={text} />;
  return <code>{saidWord('detail', said(text))}</code>;
}

/** What has no opinion is left out until it is asked for. */
function Steps({ check: { trace }, from }: AnswerProps) {
  const [all, setAll] = useState(false);
  const steps = trace.map(({ step, result }) => ({ step, ...outcomeOf(result) }));
  const shown = all ? steps : steps.filter(({ outcome }) => outcome !== 'no-opinion');
  return (
    <Section title={t('tryNumber.steps')} lead={t('tryNumber.stepsLead')}>
      <ol class="steps">
        {shown.map(({ step, outcome, detail, tone }, place) => (
          <li key={`${place} ${step}`} data-tone={tone}>
            <span class="step-name">{tOr(`reasons.step-${step}`, step)}</span>
            {outcome === null ? null : (
              <Badge tone={tone}>{tOr(`reasons.outcome-${outcome}`, outcome)}</Badge>
            )}
            <Detail text={detail} from={from} />
          </li>
        ))}
      </ol>
      <SwitchField label={t('tryNumber.allSteps')} checked={all} onChange={setAll} />
    </Section>
  );
}
