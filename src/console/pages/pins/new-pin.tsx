// A PIN made or renewed, and its digits, which are shown once.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api, tagOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choices.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { NumberField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Note } from '../../components/note.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { t } from '../../i18n/t.tsx';
import { useGroupNames } from '../groups/group-names.ts';
import type { newPinForm, pinForm } from '../../../http/api/routes/pins.ts';

import './pins.css';

export type Pin = z.infer<typeof pinForm>;
type NewPinAnswer = z.infer<typeof newPinForm>;

export interface MadePin {
  readonly kind: 'made';
  readonly name: string;
  /** Null where somebody chose them. */
  readonly digits: string | null;
}

interface DialogProps {
  readonly onMade: (pin: MadePin) => void;
  readonly onClose: () => void;
}

const DIGITS_MIN = 6;
const DIGITS_MAX = 12;

interface Secret {
  readonly how: 'drawn' | 'chosen';
  readonly count: number | null;
  readonly chosen: string;
}

const drawn: Secret = { how: 'drawn', count: DIGITS_MIN, chosen: '' };

const secretOf = ({ how, count, chosen }: Secret) =>
  how === 'drawn' ? { draw: count ?? DIGITS_MIN } : { chosen };

function SecretFields({
  secret,
  onChange,
}: {
  readonly secret: Secret;
  readonly onChange: (secret: Secret) => void;
}) {
  return (
    <>
      <ChoiceCards<Secret['how']>
        label={t('pins.digits')}
        across
        value={secret.how}
        choices={[
          { value: 'drawn', label: t('pins.drawn') },
          { value: 'chosen', label: t('pins.chosen') },
        ]}
        onChange={(how) => onChange({ ...secret, how })}
      />
      {secret.how === 'drawn' ? (
        <NumberField
          label={t('pins.howMany')}
          value={secret.count}
          min={DIGITS_MIN}
          max={DIGITS_MAX}
          onChange={(count) => onChange({ ...secret, count })}
          required
        />
      ) : (
        <TextField
          label={t('pins.chosenDigits')}
          hint={t('pins.chosenHint')}
          type="password"
          autocomplete="new-password"
          inputmode="numeric"
          value={secret.chosen}
          onChange={(chosen) => onChange({ ...secret, chosen })}
          required
        />
      )}
    </>
  );
}

type Where = 'extensions' | 'groups' | 'entry';

interface Holders {
  readonly where: Where;
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
  readonly entry: string;
}

const holdersOf = ({ where, extensions, groups, entry }: Holders) => ({
  ...(where === 'extensions' ? { extensions } : {}),
  ...(where === 'groups' ? { groups } : {}),
  ...(where === 'entry' ? { entry } : {}),
});

interface HolderFieldsProps {
  readonly holders: Holders;
  readonly onChange: (holders: Holders) => void;
}

function HolderFields({ holders, onChange }: HolderFieldsProps) {
  const groups = useGroupNames().map((value) => ({ value, label: value }));
  return (
    <>
      <ChoiceCards<Where>
        label={t('pins.where')}
        value={holders.where}
        choices={[
          { value: 'extensions', label: t('pins.whereExtensions') },
          { value: 'groups', label: t('pins.whereGroups') },
          { value: 'entry', label: t('pins.whereEntry') },
        ]}
        onChange={(where) => onChange({ ...holders, where })}
      />
      {holders.where === 'extensions' ? (
        <ChipsField
          label={t('pins.extensions')}
          hint={t('pins.extensionsHint')}
          values={holders.extensions}
          options={[]}
          onChange={(extensions) => onChange({ ...holders, extensions })}
          free
        />
      ) : holders.where === 'groups' ? (
        <ChipsField
          label={t('pins.groups')}
          values={holders.groups}
          options={groups}
          onChange={(chosen) => onChange({ ...holders, groups: chosen })}
        />
      ) : (
        <TextField
          label={t('pins.entry')}
          hint={t('pins.entryHint')}
          value={holders.entry}
          onChange={(entry) => onChange({ ...holders, entry })}
          required
        />
      )}
    </>
  );
}

export function NewPin({ onMade, onClose }: DialogProps) {
  const [name, setName] = useState('');
  const [holders, setHolders] = useState<Holders>({
    where: 'extensions',
    extensions: [],
    groups: [],
    entry: '',
  });
  const [maxUses, setMaxUses] = useState<number | null>(null);
  const [untilMs, setUntil] = useState<number | null>(null);
  const [secret, setSecret] = useState(drawn);
  const save = useAction(async () => {
    const terms = { name, maxUses, untilMs, ...holdersOf(holders), secret: secretOf(secret) };
    const made = await api.post<NewPinAnswer>('/pins', terms);
    toastOutcome(made);
    onMade({ kind: 'made', name, digits: made.digits });
  });
  return (
    <Dialog title={t('pins.new')} onClose={onClose}>
      <Form action={save} submit={t('pins.make')} unchanged={name.trim() === ''} onCancel={onClose}>
        <TextField
          label={t('pins.name')}
          hint={t('pins.nameHint')}
          value={name}
          onChange={setName}
          maxLength={100}
          required
          autofocus
        />
        <HolderFields holders={holders} onChange={setHolders} />
        <UntilField value={untilMs} onChange={setUntil} />
        <NumberField
          label={t('pins.maxUses')}
          hint={t('pins.maxUsesHint')}
          value={maxUses}
          min={1}
          onChange={setMaxUses}
        />
        <SecretFields secret={secret} onChange={setSecret} />
      </Form>
    </Dialog>
  );
}

export function RenewPin({ pin, onMade, onClose }: DialogProps & { readonly pin: Pin }) {
  const path = `/pins/${pin.id}`;
  // What is renewed is the PIN as it stands when the dialog opens.
  const read = useResource<Pin>(path);
  const [secret, setSecret] = useState(drawn);
  const save = useAction(async () => {
    const made = await api.post<NewPinAnswer>(
      `${path}/renew`,
      { secret: secretOf(secret) },
      { ifMatch: tagOf(path) ?? '*' },
    );
    toastOutcome(made);
    onMade({ kind: 'made', name: pin.name, digits: made.digits });
  });
  return (
    <Dialog title={t('pins.renewNamed', { name: pin.name })} onClose={onClose}>
      <Note>{t('pins.renewText')}</Note>
      <Form
        action={save}
        submit={t('pins.renew')}
        onReload={read.reload}
        unchanged={read.data === null}
        onCancel={onClose}
      >
        <SecretFields secret={secret} onChange={setSecret} />
      </Form>
    </Dialog>
  );
}

/** There is no way to see them again, so nothing but its button closes it. */
export function ShownOnce({ made, onClose }: { readonly made: MadePin; readonly onClose: () => void }) {
  const { name, digits } = made;
  return (
    <Dialog
      title={t('pins.shownOnce', { name })}
      onClose={onClose}
      firm
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('pins.done')}
        </Button>
      }
    >
      <p class="pin-digits">
        <output>{digits}</output> <CopyButton text={digits ?? ''} />
      </p>
      <Note tone="warn">{t('pins.shownOnceText')}</Note>
    </Dialog>
  );
}
