// The settings of pickup: its codes, what is heard and shown, and who is told of calls that ring and that were taken.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { CheckboxList, SwitchField } from '../../components/choices.tsx';
import { NumberField, SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import type { Outcome } from './parties.ts';

/** How people are told. */
const ways = ['message', 'mail'] as const;
type Way = (typeof ways)[number];

export interface Settings {
  readonly settings: readonly { readonly key: string; readonly value: unknown }[];
}

interface Values {
  readonly groupCode: string;
  readonly directedCode: string;
  readonly anyCode: string;
  readonly pin: boolean;
  readonly sayTaker: boolean;
  readonly connected: boolean;
  readonly alertAfterS: number;
  readonly alertBy: readonly Way[];
  /** '' for none. */
  readonly quietHours: string;
  readonly notice: readonly Way[];
}

export function valuesOf({ settings }: Settings): Values {
  const byKey = new Map(settings.map(({ key, value }) => [key, value]));
  const text = (key: string) => {
    const value = byKey.get(key);
    return typeof value === 'string' ? value : '';
  };
  const told = (key: string): readonly Way[] => {
    const value = byKey.get(key);
    return Array.isArray(value) ? ways.filter((way) => value.includes(way)) : [];
  };
  return {
    groupCode: text('pickup-group-code'),
    directedCode: text('pickup-directed-code'),
    anyCode: text('pickup-any-code'),
    pin: text('pickup-pin') === 'when-denied',
    sayTaker: byKey.get('pickup-say-taker') === true,
    connected: text('pickup-connected-line') === 'show',
    alertAfterS: Number(byKey.get('pickup-alert-after') ?? 0),
    alertBy: told('pickup-alert-by'),
    quietHours: text('pickup-quiet-hours'),
    notice: told('pickup-notice'),
  };
}

const onOff = (on: boolean) => (on ? 'on' : 'off');

/** An empty list is written as `none`. */
const wordsOr = (words: readonly string[]) => (words.length === 0 ? ['none'] : words);

function wordsOf(values: Values): Readonly<Record<string, readonly string[]>> {
  return {
    'pickup-group-code': [values.groupCode],
    'pickup-directed-code': [values.directedCode],
    'pickup-any-code': [values.anyCode],
    'pickup-pin': [values.pin ? 'when-denied' : 'never'],
    'pickup-say-taker': [onOff(values.sayTaker)],
    'pickup-connected-line': [values.connected ? 'show' : 'keep'],
    'pickup-alert-after': [String(values.alertAfterS)],
    'pickup-alert-by': wordsOr(values.alertBy),
    'pickup-quiet-hours': [values.quietHours === '' ? 'none' : values.quietHours],
    'pickup-notice': wordsOr(values.notice),
  };
}

export function SettingFields({
  before,
  onReload,
}: {
  readonly before: Values;
  readonly onReload: () => void;
}) {
  const [values, setValues] = useState(before);
  const set = (part: Partial<Values>) => setValues({ ...values, ...part });
  const save = useAction(async () => {
    toastOutcome(await api.patch<Outcome>('/settings', wordsOf(values)));
    onReload();
  });
  const codes = [
    ['groupCode', t('pickup.fieldGroupCode')],
    ['directedCode', t('pickup.fieldDirectedCode')],
    ['anyCode', t('pickup.fieldAnyCode')],
  ] as const;
  const switches = [
    ['pin', t('pickup.fieldPin')],
    ['sayTaker', t('pickup.fieldSayTaker')],
    ['connected', t('pickup.fieldConnected')],
  ] as const;
  return (
    <Form action={save} onReload={onReload} unchanged={JSON.stringify(values) === JSON.stringify(before)}>
      <div class="fields-across">
        {codes.map(([key, label]) => (
          <TextField
            key={key}
            label={label}
            hint={t('pickup.codeHint')}
            value={values[key]}
            onChange={(code) => set({ [key]: code })}
            maxLength={6}
            required
          />
        ))}
      </div>
      {switches.map(([key, label]) => (
        <SwitchField
          key={key}
          label={label}
          text={t(`pickup.${key}Text`)}
          checked={values[key]}
          onChange={(on) => set({ [key]: on })}
        />
      ))}
      <Telling values={values} set={set} />
    </Form>
  );
}

interface TellingProps {
  readonly values: Values;
  readonly set: (part: Partial<Values>) => void;
}

function Telling({ values, set }: TellingProps) {
  const schedules = useResource<{ readonly schedules: readonly { readonly name: string }[] }>('/schedules');
  const names = (schedules.data?.schedules ?? []).map(({ name }) => name);
  const known = values.quietHours === '' || names.includes(values.quietHours);
  const choices = ways.map((value) => ({
    value,
    label: t(`pickup.way_${value}`),
    text: t(`pickup.way_${value}Text`),
  }));
  return (
    <>
      <h3>{t('pickup.tellingTaken')}</h3>
      <CheckboxList
        label={t('pickup.fieldNotice')}
        chosen={values.notice}
        choices={choices}
        onChange={(notice) => set({ notice })}
      />
      <h3>{t('pickup.tellingRings')}</h3>
      <NumberField
        label={t('pickup.fieldAlert')}
        hint={t('pickup.alertHint')}
        value={values.alertAfterS}
        min={0}
        max={600}
        unit={t('pickup.seconds', { count: values.alertAfterS })}
        onChange={(alertAfterS) => set({ alertAfterS: alertAfterS ?? 0 })}
      />
      <CheckboxList
        label={t('pickup.fieldAlertBy')}
        chosen={values.alertBy}
        choices={choices}
        onChange={(alertBy) => set({ alertBy })}
      />
      <SelectField
        label={t('pickup.fieldQuiet')}
        hint={t('pickup.quietHint')}
        value={values.quietHours}
        options={[
          { value: '', label: t('pickup.noQuiet') },
          ...(known ? [] : [values.quietHours]).map((value) => ({ value, label: value })),
          ...names.map((value) => ({ value, label: value })),
        ]}
        onChange={(quietHours) => set({ quietHours })}
      />
    </>
  );
}
