// A limit, made or changed: what is counted, for whom, and what happens above it.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { ChoiceCards, SwitchField } from '../../components/choices.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { NumberField, SelectField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import { useGroupNames } from '../groups/group-names.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { classWords, holderText, type UsedLimit } from './limit-text.ts';

type Outcome = z.infer<typeof outcomeForm>;

const HOUR_MS = 3_600_000;
const unitMs = { m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS } as const;
type Unit = keyof typeof unitMs;

interface Draft {
  readonly measure: UsedLimit['measure'];
  readonly max: number | null;
  readonly every: number | null;
  readonly unit: Unit;
  readonly class: UsedLimit['class'];
  readonly whom: UsedLimit['layer'];
  readonly group: string;
  readonly extensions: readonly string[];
  readonly together: boolean;
  readonly warn: number | null;
  readonly action: UsedLimit['action'];
  readonly hours: number | null;
  readonly observe: boolean;
}

const newcomer: Draft = {
  measure: 'calls',
  max: 20,
  every: 1,
  unit: 'h',
  class: 'international',
  whom: 'organisation',
  group: '',
  extensions: [],
  together: false,
  warn: 80,
  action: 'deny',
  hours: 1,
  observe: false,
};

function draftOf(limit: UsedLimit): Draft {
  const { measure, max, windowMs, layer, name, counted, warnPercent, action, quarantineMs, observe } = limit;
  const ms = windowMs ?? HOUR_MS;
  const unit: Unit = ms % unitMs.d === 0 ? 'd' : ms % unitMs.h === 0 ? 'h' : 'm';
  return {
    measure,
    max: measure === 'duration' ? max / 60 : max,
    every: ms / unitMs[unit],
    unit,
    class: limit.class,
    whom: layer,
    group: layer === 'group' ? name : '',
    extensions: layer === 'extension' ? [name] : [],
    together: counted === 'together',
    warn: warnPercent,
    action,
    hours: quarantineMs / HOUR_MS,
    observe,
  };
}

/** As limits are written: `20/1h`, `2`, `60m`. */
function amountOf({ measure, max, every, unit }: Draft): string {
  if (measure === 'concurrent') return String(max ?? 0);
  if (measure === 'duration') return `${Math.round((max ?? 0) * 60)}s`;
  return `${max ?? 0}/${every ?? 1}${unit}`;
}

function wordsOf(draft: Draft) {
  const { measure, whom, group, extensions, together, warn, action, hours, observe } = draft;
  const common = {
    measure,
    amount: amountOf(draft),
    class: draft.class,
    observe,
    ...(whom === 'group' ? { group } : {}),
    ...(whom === 'extension' ? { extensions } : {}),
  };
  if (measure === 'duration') return common;
  const quarantine = { quarantineFor: `${Math.max(1, Math.round((hours ?? 1) * 60))}m` };
  return {
    ...common,
    ...(whom === 'extension' ? {} : { together }),
    ...(warn === null ? {} : { warn }),
    action,
    ...(action === 'quarantine' ? quarantine : {}),
  };
}

interface LimitDialogProps {
  /** Null: a new one. */
  readonly limit: UsedLimit | null;
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function LimitDialog({ limit, onDone, onClose }: LimitDialogProps) {
  const [draft, setDraft] = useState(limit === null ? newcomer : draftOf(limit));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  // What is saved over are the limits as they stand when the dialog opens.
  const read = useResource('/limits');
  const save = useAction(async () => onDone(await api.post<Outcome>('/limits', wordsOf(draft))));
  const title = limit === null ? t('limits.newLimit') : t('limits.editLimit');
  return (
    <Dialog title={title} onClose={onClose} wide>
      <Form
        action={save}
        onReload={read.reload}
        onCancel={onClose}
        unchanged={draft.max === null || read.data === null}
      >
        {limit === null ? <What draft={draft} onChange={set} /> : <p>{holderText(limit)}</p>}
        <Amount draft={draft} isNew={limit === null} onChange={set} />
        {limit === null ? <Whom draft={draft} onChange={set} /> : null}
        {draft.measure === 'duration' ? null : <Then draft={draft} onChange={set} />}
        <SwitchField
          label={t('limits.observe')}
          text={t('limits.observeText')}
          checked={draft.observe}
          onChange={(observe) => set({ observe })}
        />
      </Form>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

const measures = ['calls', 'concurrent', 'countries', 'duration'] as const;
const classes = ['international', 'chargeable', 'premium', 'hot'] as const;

function What({ draft, onChange }: PartProps) {
  return (
    <>
      <ChoiceCards<Draft['measure']>
        label={t('limits.measure')}
        across
        value={draft.measure}
        choices={measures.map((value) => ({
          value,
          label: t(`limits.${value}`),
          text: t(`limits.${value}Text`),
        }))}
        onChange={(measure) => onChange({ measure, ...(measure === 'duration' ? { max: 60 } : {}) })}
      />
      <SelectField<Draft['class']>
        label={t('limits.class')}
        value={draft.class}
        options={classes
          .filter((value) => draft.measure !== 'countries' || value !== 'premium')
          .map((value) => ({ value, label: t(classWords[value]) }))}
        onChange={(of) => onChange({ class: of })}
      />
    </>
  );
}

/** What a limit looks back over is part of what it is, and stays as it is. */
function Amount({ draft, isNew, onChange }: PartProps & { readonly isNew: boolean }) {
  const { measure, max, every, unit } = draft;
  const isRate = measure === 'calls' || measure === 'countries';
  return (
    <div class="fields-across">
      <NumberField
        label={measure === 'duration' ? t('limits.length') : t('limits.max')}
        value={max}
        min={measure === 'duration' ? 1 : 0}
        {...(measure === 'duration' ? { unit: t('limits.minutes', { count: max ?? 0 }) } : {})}
        onChange={(value) => onChange({ max: value })}
        required
      />
      {isRate && isNew ? (
        <>
          <NumberField
            label={t('limits.within')}
            value={every}
            min={1}
            onChange={(value) => onChange({ every: value })}
            required
          />
          <SelectField<Unit>
            label={t('limits.unit')}
            value={unit}
            options={[
              { value: 'm', label: t('limits.unitMinutes') },
              { value: 'h', label: t('limits.unitHours') },
              { value: 'd', label: t('limits.unitDays') },
            ]}
            onChange={(value) => onChange({ unit: value })}
          />
        </>
      ) : null}
    </div>
  );
}

function Whom({ draft, onChange }: PartProps) {
  const groups = useGroupNames();
  return (
    <>
      <ChoiceCards<Draft['whom']>
        label={t('limits.for')}
        across
        value={draft.whom}
        choices={[
          { value: 'organisation', label: t('limits.forAll') },
          { value: 'group', label: t('limits.forGroup'), disabled: groups.length === 0 },
          { value: 'extension', label: t('limits.forExtensions') },
        ]}
        onChange={(whom) => onChange({ whom, ...(draft.group === '' ? { group: groups[0] ?? '' } : {}) })}
      />
      {draft.whom === 'group' ? (
        <SelectField
          label={t('limits.group')}
          value={draft.group}
          options={groups.map((value) => ({ value, label: value }))}
          onChange={(group) => onChange({ group })}
        />
      ) : null}
      {draft.whom === 'extension' ? (
        <ChipsField
          label={t('limits.extensions')}
          hint={t('limits.extensionsHint')}
          values={draft.extensions}
          options={[]}
          onChange={(extensions) => onChange({ extensions })}
          free
        />
      ) : draft.measure === 'duration' ? null : (
        <SwitchField
          label={t('limits.together')}
          text={t('limits.togetherText')}
          checked={draft.together}
          onChange={(together) => onChange({ together })}
        />
      )}
    </>
  );
}

function Then({ draft, onChange }: PartProps) {
  return (
    <>
      <ChoiceCards<Draft['action']>
        label={t('limits.action')}
        value={draft.action}
        choices={[
          { value: 'deny', label: t('limits.actionDeny'), text: t('limits.actionDenyText') },
          {
            value: 'quarantine',
            label: t('limits.actionQuarantine'),
            text: t('limits.actionQuarantineText'),
          },
        ]}
        onChange={(action) => onChange({ action })}
      />
      <div class="fields-across">
        {draft.action === 'quarantine' ? (
          <NumberField
            label={t('limits.quarantineHours')}
            value={draft.hours}
            min={1}
            unit={t('limits.hours', { count: draft.hours ?? 0 })}
            onChange={(hours) => onChange({ hours })}
          />
        ) : null}
        <NumberField
          label={t('limits.warn')}
          value={draft.warn}
          min={1}
          max={100}
          unit={t('limits.percent')}
          onChange={(warn) => onChange({ warn })}
        />
      </div>
    </>
  );
}
