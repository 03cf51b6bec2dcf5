// Pickup groups from a table: first what would change, then the import itself, all of it or nothing.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { t } from '../../i18n/t.tsx';
import { Planned, plannedCount } from '../audit/planned.tsx';
import type { Outcome } from './parties.ts';

interface ImportGroupsProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function ImportGroups({ onDone, onClose }: ImportGroupsProps) {
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const [plan, setPlan] = useState<Outcome | null>(null);
  const send = (dryRun: boolean) => {
    const options = { query: { dryRun, replace }, file: { type: 'text/csv', content: file ?? '' } };
    return api.post<Outcome>('/pickup/groups.csv', undefined, options);
  };
  const look = useAction(async () => setPlan({ ...(await send(true)), notices: [] }));
  const apply = useAction(async () => onDone(await send(false)));
  const count = plan === null ? 0 : plannedCount(plan);
  const footer =
    count === 0 ? undefined : (
      <Button kind="primary" busy={apply.busy} onClick={() => void apply.run()}>
        {t('pickup.importNow', { count })}
      </Button>
    );
  return (
    <Dialog title={t('pickup.importGroups')} onClose={onClose} footer={footer} wide>
      <Form action={look} unchanged={file === null} submit={t('pickup.importLook')} onCancel={onClose}>
        <FileField
          label={t('pickup.importFile')}
          hint={t('pickup.importColumns')}
          accept=".csv,text/csv"
          onChange={(chosen) => {
            setFile(chosen);
            setPlan(null);
          }}
        />
        <SwitchField
          label={t('pickup.importReplace')}
          text={t('pickup.importReplaceText')}
          checked={replace}
          onChange={(on) => {
            setReplace(on);
            setPlan(null);
          }}
        />
      </Form>
      {plan === null ? null : <Planned plan={plan} />}
      {apply.problem === null ? null : <ProblemNote problem={apply.problem} />}
    </Dialog>
  );
}
