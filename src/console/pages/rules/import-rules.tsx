// The dialog that adds the rules of a file, such as a block-list that is bought.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileField, SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { toast } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import type { RuleAction } from './add-rule.tsx';

interface ImportAnswer {
  readonly counts: { readonly added: number; readonly skipped: number; readonly removed: number };
}

interface ImportRulesProps {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ImportRules({ onClose, onDone }: ImportRulesProps) {
  const [file, setFile] = useState<File | null>(null);
  const [action, setAction] = useState<RuleAction | ''>('block');
  const [reason, setReason] = useState('');
  const [replace, setReplace] = useState(false);
  const importing = useAction(async () => {
    if (file === null) return;
    const { counts } = await api.post<ImportAnswer>('/rules.csv', undefined, {
      file: { type: 'text/csv', content: file },
      query: { action, reason, replace },
    });
    toast(t('rules.imported', counts));
    onDone();
    onClose();
  });
  return (
    <Dialog title={t('rules.import')} onClose={onClose}>
      <Form action={importing} unchanged={file === null} submit={t('rules.import')} onCancel={onClose}>
        <FileField
          label={t('rules.file')}
          hint={t('rules.fileHint')}
          accept=".csv,text/csv"
          onChange={setFile}
        />
        <SelectField
          label={t('rules.fileAction')}
          value={action}
          options={[
            { value: 'block' as const, label: t('rules.block') },
            { value: 'deny' as const, label: t('rules.deny') },
            { value: 'allow' as const, label: t('rules.allow') },
            { value: 'pin' as const, label: t('rules.pin') },
            { value: '' as const, label: t('rules.fileSays') },
          ]}
          onChange={setAction}
        />
        <TextField label={t('rules.fileReason')} value={reason} onChange={setReason} maxLength={200} />
        <SwitchField
          label={t('rules.replace')}
          text={t('rules.replaceText')}
          checked={replace}
          onChange={setReplace}
        />
      </Form>
    </Dialog>
  );
}
