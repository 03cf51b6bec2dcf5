// A new token: which program it is for, what it may do, and for how long.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { CheckboxList } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import { rightName, type Right } from '../../shell/rights.ts';

const DAY_MS = 86_400_000;
const lengths = { '30': 'account.days30', '90': 'account.days90', '365': 'account.year' } as const;
type Length = keyof typeof lengths;
const lengthChoices: readonly Length[] = ['30', '90', '365'];

export interface MadeToken {
  readonly name: string;
  readonly token: string;
}

interface AddTokenProps {
  readonly path: string;
  readonly rights: readonly Right[];
  readonly onMade: (made: MadeToken) => void;
  readonly onClose: () => void;
}

export function AddToken({ path, rights, onMade, onClose }: AddTokenProps) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Right[]>([]);
  const [length, setLength] = useState<Length>('90');
  const save = useAction(async () => {
    const untilMs = Date.now() + Number(length) * DAY_MS;
    const body = { name: name.trim(), rights: chosen, untilMs };
    const { token } = await api.post<{ readonly token: string }>(path, body);
    onMade({ name: body.name, token });
  });
  return (
    <Dialog title={t('account.addToken')} onClose={onClose}>
      <Form
        action={save}
        submit={t('account.addToken')}
        unchanged={name.trim() === '' || chosen.length === 0}
        onCancel={onClose}
      >
        <TextField
          label={t('account.tokenName')}
          hint={t('account.tokenNameHint')}
          value={name}
          onChange={setName}
          maxLength={40}
          required
          autofocus
        />
        <CheckboxList
          label={t('account.tokenRights')}
          chosen={chosen}
          choices={rights.map((right) => ({ value: right, label: rightName(right) }))}
          onChange={setChosen}
        />
        <SelectField
          label={t('account.tokenLength')}
          value={length}
          options={lengthChoices.map((value) => ({ value, label: t(lengths[value]) }))}
          onChange={setLength}
        />
      </Form>
    </Dialog>
  );
}
