// The fields of an account: whose it is, what it may do, and its phone.
import { CheckboxList } from '../../components/choices.tsx';
import { TextField } from '../../components/fields.tsx';
import { t } from '../../i18n/t.tsx';
import { roleName, roleNames, roleText, type RoleName } from './role-words.ts';

export interface AccountDraft {
  readonly displayName: string;
  readonly roles: readonly RoleName[];
  readonly extension: string;
}

/** As the API takes it. */
export const bodyOf = ({ displayName, roles, extension }: AccountDraft) => ({
  displayName: displayName.trim(),
  roles,
  extension: extension.trim() === '' ? null : extension.trim(),
});

interface AccountFieldsProps {
  readonly draft: AccountDraft;
  readonly onChange: (draft: AccountDraft) => void;
}

export function AccountFields({ draft, onChange }: AccountFieldsProps) {
  return (
    <>
      <TextField
        label={t('accounts.displayName')}
        hint={t('accounts.displayNameHint')}
        value={draft.displayName}
        onChange={(displayName) => onChange({ ...draft, displayName })}
        maxLength={100}
      />
      <CheckboxList
        label={t('accounts.roles')}
        chosen={draft.roles}
        choices={roleNames.map((role) => ({ value: role, label: roleName(role), text: roleText(role) }))}
        onChange={(roles) => onChange({ ...draft, roles })}
      />
      <TextField
        label={t('accounts.extension')}
        hint={t('accounts.extensionHint')}
        value={draft.extension}
        onChange={(extension) => onChange({ ...draft, extension })}
        maxLength={40}
      />
    </>
  );
}
