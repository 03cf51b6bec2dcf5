// The dialog that adds rules: which numbers, what they lead to, for whom, and how long.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ChoiceCards, SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { t } from '../../i18n/t.tsx';
import { useGroupNames } from '../groups/group-names.ts';

export type RuleAction = 'allow' | 'deny' | 'pin' | 'block';

interface AddRuleProps {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

export function AddRule({ onClose, onAdded }: AddRuleProps) {
  const groups = useGroupNames();
  const [numbers, setNumbers] = useState('');
  const [action, setAction] = useState<RuleAction>('deny');
  const [exact, setExact] = useState(false);
  const [premium, setPremium] = useState(false);
  const [observe, setObserve] = useState(false);
  const [group, setGroup] = useState('');
  const [reason, setReason] = useState('');
  const [untilMs, setUntilMs] = useState<number | null>(null);
  const wanted = numbers.split(/[\n,;]+/).flatMap((word) => word.trim() || []);
  const opens = action === 'allow' || action === 'pin';
  const adding = useAction(async () => {
    const outcome = await api.post<Parameters<typeof toastOutcome>[0]>('/rules', {
      numbers: wanted,
      action,
      group: action === 'block' || group === '' ? null : group,
      exact,
      ...(opens && !exact ? { premium } : {}),
      observe: action !== 'block' && observe,
      reason,
      untilMs,
    });
    toastOutcome(outcome);
    onAdded();
    onClose();
  });
  return (
    <Dialog title={t('rules.addTitle')} onClose={onClose} wide>
      <Form
        action={adding}
        unchanged={wanted.length === 0}
        submit={t('rules.addSubmit', { count: Math.max(1, wanted.length) })}
        onCancel={onClose}
      >
        <TextArea
          label={t('rules.numbers')}
          hint={t('rules.numbersHint')}
          value={numbers}
          onChange={setNumbers}
          required
        />
        <ChoiceCards
          label={t('rules.action')}
          value={action}
          across
          choices={[
            { value: 'deny', label: t('rules.deny'), text: t('rules.denyText') },
            { value: 'allow', label: t('rules.allow'), text: t('rules.allowText') },
            { value: 'pin', label: t('rules.pin'), text: t('rules.pinText') },
            { value: 'block', label: t('rules.block'), text: t('rules.blockText') },
          ]}
          onChange={setAction}
        />
        <SwitchField
          label={t('rules.exact')}
          text={t('rules.exactText')}
          checked={exact}
          onChange={setExact}
        />
        {opens && !exact ? (
          <SwitchField
            label={t('rules.alsoPremium')}
            text={t('rules.alsoPremiumText')}
            checked={premium}
            onChange={setPremium}
          />
        ) : null}
        {action === 'block' ? null : (
          <>
            <SwitchField
              label={t('rules.observe')}
              text={t('rules.observeText')}
              checked={observe}
              onChange={setObserve}
            />
            <SelectField
              label={t('rules.for')}
              value={group}
              options={[
                { value: '', label: t('rules.everybody') },
                ...groups.map((value) => ({ value, label: value })),
              ]}
              onChange={setGroup}
            />
          </>
        )}
        <TextField label={t('rules.reason')} value={reason} onChange={setReason} maxLength={200} />
        <UntilField value={untilMs} onChange={setUntilMs} />
      </Form>
    </Dialog>
  );
}
