// An exception in three clicks: for which country or number, until when, why.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { SwitchField } from '../../components/choices.tsx';
import { ChipsField, type ComboOption } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Flag } from '../../components/flag.tsx';
import { Form } from '../../components/form.tsx';
import { inAWeek, UntilField } from '../../components/until-field.tsx';
import { compareText, countryName } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { outcomeForm } from '../../../http/api/forms.ts';

type Outcome = z.infer<typeof outcomeForm>;
type EntryAction = 'allow' | 'deny' | 'pin';

interface AddExceptionProps {
  readonly extensions: readonly string[];
  /** What stands in it from the beginning: countries by code, and numbers. */
  readonly first?: readonly string[];
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

/** Countries by code, prefixes with `*` behind them, numbers as they are. */
function targetsOf(words: readonly string[], regions: ReadonlySet<string>) {
  const numbers = words.filter((word) => !regions.has(word));
  return {
    countries: words.filter((word) => regions.has(word)),
    prefixes: numbers.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    numbers: numbers.filter((word) => !word.endsWith('*')),
  };
}

export function AddException({ extensions, first = [], onDone, onClose }: AddExceptionProps) {
  const [words, setWords] = useState(first);
  const [untilMs, setUntil] = useState<number | null>(inAWeek);
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState('');
  const [action, setAction] = useState<EntryAction>('allow');
  const [premium, setPremium] = useState(false);
  const options = useRegionOptions();
  const regions = new Set(options.map(({ value }) => value));
  const save = useAction(async () => {
    const what = { action, premium: premium && action !== 'deny', reason, owner, untilMs };
    onDone(await api.post<Outcome>('/exceptions', { extensions, ...targetsOf(words, regions), ...what }));
  });
  const [only = ''] = extensions;
  const title =
    extensions.length === 1
      ? t('user.addExceptionFor', { extension: only })
      : t('user.addExceptionForMany', { count: extensions.length });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form action={save} unchanged={words.length === 0} onCancel={onClose}>
        <ChipsField
          label={t('user.target')}
          hint={t('user.targetHint')}
          values={words}
          options={options}
          onChange={setWords}
          placeholder={t('user.targetPlaceholder')}
          free
        />
        <UntilField value={untilMs} onChange={setUntil} />
        <TextField
          label={t('user.reason')}
          hint={t('user.reasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={200}
          autofocus={first.length > 0}
          required
        />
        <Disclosure summary={t('ui.more')}>
          <div class="form">
            <SelectField
              label={t('user.action')}
              value={action}
              onChange={setAction}
              options={[
                { value: 'allow', label: t('user.action-allow') },
                { value: 'pin', label: t('user.action-pin') },
                { value: 'deny', label: t('user.action-deny') },
              ]}
            />
            <SwitchField
              label={t('user.premium')}
              text={t('user.premiumText')}
              checked={premium}
              onChange={setPremium}
            />
            <TextField label={t('user.owner')} value={owner} onChange={setOwner} maxLength={200} />
          </div>
        </Disclosure>
      </Form>
    </Dialog>
  );
}

/** Every country and region, by its name in the language of the page. */
export function useRegionOptions(): readonly ComboOption[] {
  const { data } = useResource<{ readonly countries: readonly { readonly region: string }[] }>('/countries');
  return (data?.countries ?? [])
    .map(({ region }) => ({
      value: region,
      label: countryName(region),
      hint: region,
      icon: <Flag region={region} />,
    }))
    .toSorted((one, other) => compareText(one.label, other.label));
}
