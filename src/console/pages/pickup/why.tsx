// “May 1003 take 1002's call?”: the answer of what decides live pickups, step by step.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Facts } from '../../components/figures.tsx';
import { Form } from '../../components/form.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { said, saidWord } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import type { explanation } from '../../../http/api/routes/pickup-why.ts';

type Explanation = z.infer<typeof explanation>;

export function Why() {
  const [asked, setAsked] = useState({ picker: '', target: '', caller: '' });
  const [kind, setKind] = useState<Explanation['kind']>('directed');
  const [answer, setAnswer] = useState<Explanation | null>(null);
  const set = (part: Partial<typeof asked>) => setAsked({ ...asked, ...part });
  const ask = useAction(async () =>
    setAnswer(await api.get<Explanation>('/pickup/why', { query: { ...asked, kind } })),
  );
  return (
    <Section title={t('pickup.why')} lead={t('pickup.whyLead')}>
      <Form action={ask} submit={t('pickup.ask')} unchanged={asked.picker === '' || asked.target === ''}>
        <div class="fields-across">
          <TextField
            label={t('pickup.whyPicker')}
            value={asked.picker}
            onChange={(picker) => set({ picker })}
            maxLength={40}
            required
          />
          <TextField
            label={t('pickup.whyTarget')}
            hint={t('pickup.whyTargetHint')}
            value={asked.target}
            onChange={(target) => set({ target })}
            maxLength={40}
            required
          />
          <SelectField<Explanation['kind']>
            label={t('pickup.whyHow')}
            value={kind}
            options={[
              { value: 'directed', label: t('pickup.howDirected') },
              { value: 'group', label: t('pickup.howGroup') },
              { value: 'other-group', label: t('pickup.howOther') },
              { value: 'any', label: t('pickup.howAny') },
            ]}
            onChange={setKind}
          />
          <TextField
            label={t('pickup.whyCaller')}
            value={asked.caller}
            onChange={(caller) => set({ caller })}
            type="tel"
            maxLength={40}
          />
        </div>
      </Form>
      <div class="form" aria-live="polite">
        {answer === null ? null : <Answer answer={answer} />}
      </div>
    </Section>
  );
}

function Answer({ answer }: { readonly answer: Explanation }) {
  const { verdict, picker, protectedBy, pinHelps, rule, until, trace } = answer;
  const may = verdict === 'take';
  return (
    <>
      <Note tone={may ? 'good' : 'bad'} title={t(may ? 'pickup.mayText' : 'pickup.mayNotText', { picker })}>
        {protectedBy === null ? null : <p>{t('pickup.protectedBy', protectedBy)}</p>}
        {pinHelps ? <p>{t('pickup.pinHelps')}</p> : null}
      </Note>
      <Facts
        facts={[
          [t('pickup.rule'), <span class="number">{rule}</span>],
          ...(until === null ? [] : ([[t('pickup.until'), formatMoment(Date.parse(until))]] as const)),
        ]}
      />
      <h3>{t('pickup.steps')}</h3>
      <Facts facts={trace.map(({ step, result }) => [saidWord('step', step), said(result)] as const)} />
    </>
  );
}
