// One pickup group: its number, when its members are told, and who is in it with which role.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { withName } from '../../api/people.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource, type Resource } from '../../api/use-resource.ts';
import { IconButton } from '../../components/button.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { NumberField, SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Table } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { pickupRoleName, pickupRoleOf, pickupRoles, type PickupRole } from '../../i18n/named.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { groupPath, type Outcome, type PickupGroup } from './parties.ts';

const roleOptions = () => pickupRoles.map((value) => ({ value, label: pickupRoleName(value) }));

interface GroupDialogProps {
  readonly name: string;
  readonly others: readonly string[];
  readonly onClose: () => void;
}

export function GroupDialog({ name, others, onClose }: GroupDialogProps) {
  const group = useResource<PickupGroup>(groupPath(name));
  const mayChange = may('system.write');
  return (
    <Dialog title={t('pickup.groupParty', { group: name })} onClose={onClose} wide>
      <Loaded of={group}>
        {(data) => (
          <>
            {mayChange ? (
              <Terms key={`${data.number} ${data.alertAfterS}`} group={data} onChanged={group.reload} />
            ) : null}
            <Members of={group} group={data} mayChange={mayChange} />
            {mayChange ? <AddMembers name={name} others={others} onAdded={group.reload} /> : null}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

function Terms({ group, onChanged }: { readonly group: PickupGroup; readonly onChanged: () => void }) {
  const [number, setNumber] = useState(group.number ?? '');
  const [alertAfterS, setAlert] = useState(group.alertAfterS);
  const terms = { number: number === '' ? null : number, alertAfterS };
  const save = useAction(async () => {
    toastOutcome(await api.patch<Outcome>(groupPath(group.name), terms));
    onChanged();
  });
  return (
    <Form
      action={save}
      onReload={onChanged}
      unchanged={terms.number === group.number && alertAfterS === group.alertAfterS}
    >
      <div class="fields-across">
        <TextField
          label={t('pickup.groupNumber')}
          hint={t('pickup.groupNumberHint')}
          value={number}
          onChange={setNumber}
          inputmode="numeric"
          maxLength={8}
        />
        <NumberField
          label={t('pickup.alertAfter')}
          hint={t('pickup.alertAfterHint')}
          value={alertAfterS}
          min={0}
          max={600}
          unit={t('pickup.seconds', { count: alertAfterS ?? 0 })}
          onChange={setAlert}
        />
      </div>
    </Form>
  );
}

interface Member {
  readonly key: string;
  readonly label: string;
  readonly role: PickupRole;
  readonly words: { readonly extensions?: readonly string[]; readonly groups?: readonly string[] };
}

const membersOf = ({ members, memberGroups }: PickupGroup): readonly Member[] => [
  ...memberGroups.map((member) => ({
    key: `group:${member.group}`,
    label: t('pickup.groupParty', { group: member.group }),
    role: pickupRoleOf(member),
    words: { groups: [member.group] },
  })),
  ...members.map((member) => ({
    key: member.extension,
    label: withName(member.extension),
    role: pickupRoleOf(member),
    words: { extensions: [member.extension] },
  })),
];

interface MembersProps {
  readonly of: Resource<PickupGroup>;
  readonly group: PickupGroup;
  readonly mayChange: boolean;
}

function Members({ of, group, mayChange }: MembersProps) {
  const path = `${groupPath(group.name)}/members`;
  const change = async (doIt: () => Promise<Outcome>) => {
    await attempt(doIt);
    of.reload();
  };
  return (
    <>
      <p class="quiet">
        {t('pickup.effective', { takers: group.interceptors.length, targets: group.targets.length })}
      </p>
      <Table
        label={t('pickup.members')}
        rows={membersOf(group)}
        rowKey={({ key }) => key}
        empty={<Empty title={t('pickup.noMembers')} />}
        columns={[
          { key: 'member', title: t('pickup.member'), render: ({ label }) => label },
          {
            key: 'role',
            title: t('pickup.role'),
            render: ({ role, label, words }) =>
              mayChange ? (
                <SelectField<PickupRole>
                  label={t('pickup.roleOf', { member: label })}
                  bare
                  value={role}
                  options={roleOptions()}
                  onChange={(wanted) =>
                    void change(() => api.post<Outcome>(path, { ...words, role: wanted }))
                  }
                />
              ) : (
                pickupRoleName(role)
              ),
          },
          {
            key: 'act',
            title: t('pickup.actions'),
            bare: true,
            align: 'end',
            render: ({ label, words }) =>
              mayChange ? (
                <IconButton
                  icon="trash"
                  label={t('ui.remove', { what: label })}
                  onClick={() => void change(() => api.post<Outcome>(`${path}/remove`, words))}
                />
              ) : null,
          },
        ]}
      />
    </>
  );
}

interface AddMembersProps {
  readonly name: string;
  readonly others: readonly string[];
  readonly onAdded: () => void;
}

function AddMembers({ name, others, onAdded }: AddMembersProps) {
  const [extensions, setExtensions] = useState<readonly string[]>([]);
  const [groups, setGroups] = useState<readonly string[]>([]);
  const [role, setRole] = useState<PickupRole>('both');
  const save = useAction(async () => {
    toastOutcome(await api.post<Outcome>(`${groupPath(name)}/members`, { extensions, groups, role }));
    setExtensions([]);
    setGroups([]);
    onAdded();
  });
  return (
    <Form action={save} submit={t('pickup.addMembers')} unchanged={extensions.length + groups.length === 0}>
      <div class="fields-across">
        <ChipsField
          label={t('pickup.extensions')}
          hint={t('pickup.extensionsHint')}
          values={extensions}
          options={[]}
          onChange={setExtensions}
          free
        />
        <ChipsField
          label={t('pickup.groups')}
          values={groups}
          options={others.map((value) => ({ value, label: value }))}
          onChange={setGroups}
        />
        <SelectField<PickupRole>
          label={t('pickup.role')}
          value={role}
          options={roleOptions()}
          onChange={setRole}
        />
      </div>
    </Form>
  );
}
