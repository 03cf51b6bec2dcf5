// Changing many users at once: what is not touched stays as it is, and all of them change or none.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { useGroupNames } from '../groups/group-names.ts';
import { KEEP, LayerFields, termsOf, unchangedLayer } from './layer-fields.tsx';

type Outcome = z.infer<typeof outcomeForm>;

interface BulkEditProps {
  /** As the API takes it: names, or a filter with the count that was shown. */
  readonly chosen: object;
  readonly count: number;
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function BulkEdit({ chosen, count, onDone, onClose }: BulkEditProps) {
  const [layer, setLayer] = useState(unchangedLayer);
  const [anyPickup, setAnyPickup] = useState(KEEP);
  const [joinGroups, setJoin] = useState<readonly string[]>([]);
  const [leaveGroups, setLeave] = useState<readonly string[]>([]);
  const groups = useGroupNames().map((name) => ({ value: name, label: name }));
  const attributes = { ...termsOf(layer), ...(anyPickup === KEEP ? {} : { anyPickup: anyPickup === 'on' }) };
  const save = useAction(async () => {
    onDone(await api.post<Outcome>('/extensions/edit', { chosen, attributes, joinGroups, leaveGroups }));
  });
  const touched = Object.keys(attributes).length + joinGroups.length + leaveGroups.length;
  return (
    <Dialog title={t('users.editTitle', { count })} onClose={onClose}>
      <Form action={save} unchanged={touched === 0} onCancel={onClose}>
        <p class="quiet">{t('users.editLead')}</p>
        <LayerFields draft={layer} onChange={setLayer} many />
        <ChipsField label={t('users.joinGroups')} values={joinGroups} options={groups} onChange={setJoin} />
        <ChipsField
          label={t('users.leaveGroups')}
          values={leaveGroups}
          options={groups}
          onChange={setLeave}
        />
        <SelectField
          label={t('users.anyPickup')}
          value={anyPickup}
          onChange={setAnyPickup}
          options={[
            { value: KEEP, label: t('users.keep') },
            { value: 'on', label: t('ui.yes') },
            { value: 'off', label: t('ui.no') },
          ]}
        />
      </Form>
    </Dialog>
  );
}
