// Changing one user: name, right, level, schedule, PIN, groups, pickup and mail.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { SwitchField } from '../../components/choices.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { useGroupNames } from '../groups/group-names.ts';
import { draftOf, LayerFields, termsOf } from '../users/layer-fields.tsx';
import type { User } from './user.tsx';

type Outcome = z.infer<typeof outcomeForm>;

interface EditUserProps {
  readonly user: User;
  readonly path: string;
  readonly onDone: (outcome: Outcome) => void;
  readonly onReload: () => void;
  readonly onClose: () => void;
}

export function EditUser({ user, path, onDone, onReload, onClose }: EditUserProps) {
  const [layer, setLayer] = useState(() => draftOf(user));
  const [name, setName] = useState(user.name);
  const [mail, setMail] = useState(user.mail);
  const [groups, setGroups] = useState<readonly string[]>(user.groups);
  const [anyPickup, setAnyPickup] = useState(user.anyPickup);
  const known = useGroupNames().map((each) => ({ value: each, label: each }));
  const save = useAction(async () => {
    const attributes = { ...termsOf(layer), name, mail, groups, anyPickup };
    onDone(await api.patch<Outcome>(path, attributes));
  });
  return (
    <Dialog title={t('user.editTitle', { extension: user.extension })} onClose={onClose}>
      <Form action={save} onReload={onReload} onCancel={onClose}>
        <TextField label={t('users.name')} value={name} onChange={setName} maxLength={100} />
        <LayerFields draft={layer} onChange={setLayer} />
        <ChipsField label={t('users.groups')} values={groups} options={known} onChange={setGroups} />
        <TextField label={t('user.mail')} type="email" value={mail} onChange={setMail} maxLength={254} />
        <SwitchField
          label={t('users.anyPickup')}
          text={t('user.anyPickupText')}
          checked={anyPickup}
          onChange={setAnyPickup}
        />
      </Form>
    </Dialog>
  );
}
