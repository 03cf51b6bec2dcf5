// A person on a list of authorised numbers, added or changed.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { t } from '../../i18n/t.tsx';
import { listPath, personName, personPath, type Outcome, type Person } from './lists.ts';

interface PersonDialogProps {
  /** Null: a new one. */
  readonly person: Person | null;
  readonly lists: readonly string[];
  /** The list of a new one; '' for none yet. */
  readonly list: string;
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

interface Draft {
  readonly list: string;
  readonly first: string;
  readonly last: string;
  readonly number: string;
  readonly enabled: boolean;
  readonly untilMs: number | null;
}

export function PersonDialog({ person, list, lists, ...props }: PersonDialogProps) {
  const read = useResource<Person>(person === null ? null : personPath(person));
  const title =
    person === null ? t('authorised.addPerson') : t('authorised.editPerson', { name: personName(person) });
  const draft = {
    list: list || (lists[0] ?? ''),
    first: '',
    last: '',
    number: '',
    enabled: true,
    untilMs: null,
  };
  return (
    <Dialog title={title} onClose={props.onClose}>
      {person === null ? (
        <PersonFields draft={draft} before={null} lists={lists} {...props} />
      ) : (
        <Loaded of={read}>
          {(before) => (
            <PersonFields
              key={JSON.stringify(before)}
              before={before}
              draft={{ ...before, first: before.firstName, last: before.lastName }}
              lists={lists}
              onReload={read.reload}
              {...props}
            />
          )}
        </Loaded>
      )}
    </Dialog>
  );
}

interface PersonFieldsProps extends Pick<PersonDialogProps, 'lists' | 'onDone' | 'onClose'> {
  readonly draft: Draft;
  readonly before: Person | null;
  readonly onReload?: () => void;
}

function PersonFields({ draft, before, lists, onReload, onDone, onClose }: PersonFieldsProps) {
  const [person, setPerson] = useState<Draft>(draft);
  const set = (part: Partial<Draft>) => setPerson({ ...person, ...part });
  const save = useAction(async () => onDone(await savePerson(before, person)));
  return (
    <Form
      action={save}
      onCancel={onClose}
      unchanged={person.number === '' || person.list === ''}
      submit={before === null ? t('ui.add') : t('ui.save')}
      {...(onReload ? { onReload } : {})}
    >
      {before === null ? (
        <SelectField
          label={t('authorised.list')}
          value={person.list}
          options={lists.map((value) => ({ value, label: value }))}
          onChange={(list) => set({ list })}
        />
      ) : null}
      <div class="fields-across">
        <TextField
          label={t('authorised.first')}
          value={person.first}
          onChange={(first) => set({ first })}
          maxLength={60}
          autofocus
        />
        <TextField
          label={t('authorised.last')}
          value={person.last}
          onChange={(last) => set({ last })}
          maxLength={60}
        />
      </div>
      <TextField
        label={t('authorised.number')}
        hint={t('authorised.numberHint')}
        type="tel"
        value={person.number}
        onChange={(number) => set({ number })}
        required
      />
      <UntilField value={person.untilMs} onChange={(untilMs) => set({ untilMs })} />
      <SwitchField
        label={t('authorised.enabled')}
        text={t('authorised.personEnabledText')}
        checked={person.enabled}
        onChange={(enabled) => set({ enabled })}
      />
    </Form>
  );
}

function savePerson(before: Person | null, person: Draft): Promise<Outcome> {
  const { list, first, last, number, enabled, untilMs } = person;
  if (before === null) {
    return api.post<Outcome>(`${listPath(list)}/numbers`, { first, last, number, enabled, untilMs });
  }
  // What was not touched is not sent: an end that has passed already may stay.
  return api.patch<Outcome>(personPath(before), {
    ...(first === before.firstName ? {} : { first }),
    ...(last === before.lastName ? {} : { last }),
    ...(number === before.number ? {} : { number }),
    ...(enabled === before.enabled ? {} : { enabled }),
    ...(untilMs === before.untilMs ? {} : { untilMs }),
  });
}
