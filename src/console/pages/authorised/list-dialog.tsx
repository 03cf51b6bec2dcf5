// A list of authorised numbers, made or changed: what it opens, and for whom it is.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { CheckboxList, SwitchField } from '../../components/choices.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { t } from '../../i18n/t.tsx';
import { regionLabel } from '../barring/names.ts';
import { useGroupNames } from '../groups/group-names.ts';
import {
  listPath,
  premiumClasses,
  premiumLabel,
  type AuthorisedList,
  type Outcome,
  type PremiumClass,
} from './lists.ts';

interface ListDialogProps {
  /** Null: a new one. */
  readonly list: AuthorisedList | null;
  readonly onDone: (outcomes: readonly Outcome[]) => void;
  readonly onClose: () => void;
}

const newcomer: AuthorisedList = {
  name: '',
  people: 0,
  enabled: true,
  admits: false,
  premium: [],
  countries: [],
  extensions: [],
  groups: [],
};

export function ListDialog({ list, onDone, onClose }: ListDialogProps) {
  // What is saved over is what stands there when the dialog opens.
  const read = useResource<AuthorisedList>(list === null ? null : listPath(list.name));
  const title = list === null ? t('authorised.newList') : t('authorised.editList', { list: list.name });
  return (
    <Dialog title={title} onClose={onClose} wide>
      {list === null ? (
        <ListFields before={newcomer} isNew onDone={onDone} onClose={onClose} />
      ) : (
        <Loaded of={read}>
          {(before) => (
            <ListFields
              key={JSON.stringify(before)}
              before={before}
              onReload={read.reload}
              onDone={onDone}
              onClose={onClose}
            />
          )}
        </Loaded>
      )}
    </Dialog>
  );
}

interface ListFieldsProps extends Omit<ListDialogProps, 'list'> {
  readonly before: AuthorisedList;
  readonly isNew?: boolean;
  readonly onReload?: () => void;
}

function ListFields({ before, isNew = false, onReload, onDone, onClose }: ListFieldsProps) {
  const [list, setList] = useState(before);
  const save = useAction(async () => onDone(await saveList(before, list, isNew)));
  const set = (part: Partial<AuthorisedList>) => setList({ ...list, ...part });
  const premium = premiumClasses.map((value) => ({ value, label: premiumLabel(value) }));
  return (
    <Form
      action={save}
      onCancel={onClose}
      unchanged={list.name === '' || (!isNew && list === before)}
      {...(onReload ? { onReload } : {})}
    >
      {isNew ? (
        <TextField
          label={t('authorised.listName')}
          hint={t('authorised.listNameHint')}
          value={list.name}
          onChange={(name) => set({ name })}
          maxLength={40}
          required
          autofocus
        />
      ) : null}
      <Holders list={list} onChange={set} />
      <ChipsField
        label={t('authorised.countries')}
        values={list.countries}
        options={list.countries.map((value) => ({ value, label: regionLabel(value) }))}
        onChange={(countries) => set({ countries })}
        free
      />
      <CheckboxList<PremiumClass>
        label={t('authorised.premium')}
        chosen={list.premium}
        choices={premium}
        onChange={(chosen) => set({ premium: chosen })}
      />
      <SwitchField
        label={t('authorised.enabledLabel')}
        text={t('authorised.enabledText')}
        checked={list.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      <SwitchField
        label={t('authorised.admitsLabel')}
        text={t('authorised.admitsText')}
        checked={list.admits}
        onChange={(admits) => set({ admits })}
      />
    </Form>
  );
}

interface HoldersProps {
  readonly list: AuthorisedList;
  readonly onChange: (part: Partial<AuthorisedList>) => void;
}

function Holders({ list, onChange }: HoldersProps) {
  const groups = useGroupNames().map((value) => ({ value, label: value }));
  return (
    <div class="fields-across">
      <ChipsField
        label={t('authorised.groups')}
        values={list.groups}
        options={groups}
        onChange={(chosen) => onChange({ groups: chosen })}
      />
      <ChipsField
        label={t('authorised.extensions')}
        hint={t('authorised.extensionsHint')}
        values={list.extensions}
        options={[]}
        onChange={(extensions) => onChange({ extensions })}
        free
      />
    </div>
  );
}

async function saveList(
  before: AuthorisedList,
  after: AuthorisedList,
  isNew: boolean,
): Promise<readonly Outcome[]> {
  const { name, enabled, admits, premium, countries } = after;
  const attributes = { enabled, admits, premium, countries };
  const path = listPath(name);
  const without = (all: readonly string[], others: readonly string[]) =>
    all.filter((one) => !others.includes(one));
  const outcomes = [
    isNew
      ? await api.post<Outcome>('/authorised-lists', { name, ...attributes })
      : await api.patch<Outcome>(path, attributes),
  ];
  for (const [verb, one, other] of [
    ['attach', after, before],
    ['detach', before, after],
  ] as const) {
    const extensions = without(one.extensions, other.extensions);
    const groups = without(one.groups, other.groups);
    if (extensions.length + groups.length === 0) continue;
    // oxlint-disable-next-line no-await-in-loop -- in this order: nobody is without it meanwhile
    outcomes.push(await api.post<Outcome>(`${path}/${verb}`, { extensions, groups }));
  }
  return outcomes.filter(({ changes }, place) => place === 0 || changes.length > 0).slice(-1);
}
