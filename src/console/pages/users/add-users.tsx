// Adding users: by numbers and ranges, or from a table.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileField, SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { useGroupNames } from '../groups/group-names.ts';

type Outcome = z.infer<typeof outcomeForm>;

interface DialogProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function AddUsers({ onDone, onClose }: DialogProps) {
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const [right, setRight] = useState('inherit');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const known = useGroupNames().map((each) => ({ value: each, label: each }));
  const extensions = words.split(/[\s,]+/).filter((word) => word !== '');
  const save = useAction(async () => {
    const attributes = { right, groups, ...(name === '' ? {} : { name }) };
    onDone(await api.post<Outcome>('/extensions', { extensions, attributes }));
  });
  return (
    <Dialog title={t('users.add')} onClose={onClose}>
      <Form action={save} unchanged={extensions.length === 0} onCancel={onClose} submit={t('ui.add')}>
        <TextField
          label={t('users.extensions')}
          hint={t('users.extensionsHint')}
          value={words}
          onChange={setWords}
          required
          autofocus
        />
        <TextField label={t('users.name')} hint={t('users.nameHint')} value={name} onChange={setName} />
        <SelectField
          label={t('users.right')}
          value={right}
          onChange={setRight}
          options={[
            { value: 'inherit', label: t('users.right-inherit') },
            { value: 'on', label: t('users.right-on') },
            { value: 'off', label: t('users.right-off') },
          ]}
        />
        <ChipsField label={t('users.groups')} values={groups} options={known} onChange={setGroups} />
      </Form>
    </Dialog>
  );
}

export function ImportUsers({ onDone, onClose }: DialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const save = useAction(async () => {
    if (file === null) return;
    const options = { file: { type: 'text/csv', content: file } };
    onDone(await api.post<Outcome>('/extensions.csv', undefined, options));
  });
  return (
    <Dialog title={t('users.import')} onClose={onClose}>
      <Form action={save} unchanged={file === null} onCancel={onClose} submit={t('users.import')}>
        <p>{t('users.importLead')}</p>
        <FileField
          label={t('users.file')}
          hint={t('users.fileHint')}
          accept=".csv,text/csv"
          onChange={setFile}
        />
      </Form>
    </Dialog>
  );
}
