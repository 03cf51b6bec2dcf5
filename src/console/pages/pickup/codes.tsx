// The codes of pickup in words, and its settings.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { SwitchField } from '../../components/choices.tsx';
import { NumberField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t, tWith } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { Outcome } from './parties.ts';

interface Settings {
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
}

function valuesOf({ settings }: Settings): Values {
  const byKey = new Map(settings.map(({ key, value }) => [key, value]));
  const text = (key: string) => {
    const value = byKey.get(key);
    return typeof value === 'string' ? value : '';
  };
  return {
    groupCode: text('pickup-group-code'),
    directedCode: text('pickup-directed-code'),
    anyCode: text('pickup-any-code'),
    pin: text('pickup-pin') === 'when-denied',
    sayTaker: byKey.get('pickup-say-taker') === true,
    connected: text('pickup-connected-line') === 'show',
    alertAfterS: Number(byKey.get('pickup-alert-after') ?? 0),
  };
}

const onOff = (on: boolean) => (on ? 'on' : 'off');

function wordsOf(values: Values): Readonly<Record<string, readonly string[]>> {
  return {
    'pickup-group-code': [values.groupCode],
    'pickup-directed-code': [values.directedCode],
    'pickup-any-code': [values.anyCode],
    'pickup-pin': [values.pin ? 'when-denied' : 'never'],
    'pickup-say-taker': [onOff(values.sayTaker)],
    'pickup-connected-line': [values.connected ? 'show' : 'keep'],
    'pickup-alert-after': [String(values.alertAfterS)],
  };
}

export function Codes() {
  const settings = useResource<Settings>('/settings');
  return (
    <Loaded of={settings}>
      {(data) => {
        const values = valuesOf(data);
        const { groupCode, directedCode, anyCode } = values;
        const told = [
          tWith('pickup.groupCode', { code: <Code>{groupCode}</Code> }),
          tWith('pickup.otherGroupCode', { code: <Code>{groupCode}</Code> }),
          tWith('pickup.directedCode', { code: <Code>{directedCode}</Code> }),
          tWith('pickup.anyCode', { code: <Code>{anyCode}</Code> }),
        ];
        return (
          <>
            <Section title={t('pickup.codes')} lead={t('pickup.codesLead')}>
              <ul>
                {told.map((sentence, place) => (
                  <li key={place}>{sentence}</li>
                ))}
              </ul>
            </Section>
            {may('system.write') ? (
              <Section title={t('pickup.settings')}>
                <SettingFields key={JSON.stringify(values)} before={values} onReload={settings.reload} />
              </Section>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

const Code = ({ children }: { readonly children: string }) => <strong class="number">{children}</strong>;

function SettingFields({ before, onReload }: { readonly before: Values; readonly onReload: () => void }) {
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
        <SwitchField key={key} label={label} checked={values[key]} onChange={(on) => set({ [key]: on })} />
      ))}
      <NumberField
        label={t('pickup.fieldAlert')}
        hint={t('pickup.alertHint')}
        value={values.alertAfterS}
        min={0}
        max={600}
        unit={t('pickup.seconds')}
        onChange={(alertAfterS) => set({ alertAfterS: alertAfterS ?? 0 })}
      />
    </Form>
  );
}
