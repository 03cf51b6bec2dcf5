// The page of one user: his exceptions, what he may call and where each line comes from, and where else he stands.
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Facts } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Note } from '../../components/note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { extensionForm } from '../../../http/api/extension-forms.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import type { extensionPolicyForm } from '../../../http/api/policy-forms.ts';
import { GroupLinks, levelWord } from '../users/user-columns.tsx';
import { EditUser } from './edit-user.tsx';
import { EffectivePolicy } from './effective-policy.tsx';
import { UserExceptions } from './exceptions.tsx';

export type User = z.infer<typeof extensionForm>;
export type UserPolicy = z.infer<typeof extensionPolicyForm>;
type Outcome = z.infer<typeof outcomeForm>;

export default function UserPage() {
  const extension = useRoute().params['extension'] ?? '';
  const path = `/extensions/${encodeURIComponent(extension)}`;
  const user = useResource<User>(path);
  const policy = useResource<UserPolicy>(`${path}/policy`);
  const [editing, setEditing] = useState(false);
  const { route } = useLocation();
  const again = (outcome: Outcome) => {
    toastOutcome(outcome);
    setEditing(false);
    user.reload();
    policy.reload();
  };
  const removal = useAction(async () => {
    toastOutcome(await api.delete<Outcome>(path));
    route('/users');
  });
  const remove = async () => {
    const question = {
      title: t('user.removeTitle', { extension }),
      text: t('users.removeText'),
      action: t('users.remove'),
      danger: true,
    };
    if (await confirm(question)) await removal.run();
  };
  const name = user.data?.name ?? '';
  const mayEdit = may('users.write') && user.data !== null;
  return (
    <Page
      title={name === '' ? extension : `${extension} · ${name}`}
      up={{ href: '/users', title: t('users.title') }}
      actions={
        <>
          <a class="button button-plain" href={`/try?from=${encodeURIComponent(extension)}`}>
            {t('user.tryNumber')}
          </a>
          {mayEdit ? (
            <Button icon="trash" onClick={() => void remove()}>
              {t('users.remove')}
            </Button>
          ) : null}
          {mayEdit ? (
            <Button icon="edit" kind="primary" onClick={() => setEditing(true)}>
              {t('user.edit')}
            </Button>
          ) : null}
        </>
      }
    >
      {removal.problem === null ? null : <ProblemNote problem={removal.problem} onRetry={user.reload} />}
      <Loaded of={policy}>
        {(data) => (
          <>
            <States policy={data} />
            <UserExceptions extension={extension} exceptions={data.exceptions} onDone={again} />
            <EffectivePolicy policy={data} />
            <Elsewhere policy={data} user={user.data} />
          </>
        )}
      </Loaded>
      {editing && user.data !== null ? (
        <EditUser
          user={user.data}
          path={path}
          onDone={again}
          onReload={user.reload}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </Page>
  );
}

/** What holds before everything else. */
function States({ policy: { quarantine, protection, mode } }: { readonly policy: UserPolicy }) {
  return (
    <>
      {quarantine === null ? null : (
        <Note tone="bad" title={t('users.quarantined')}>
          <p>
            {said(quarantine.reason)}{' '}
            {quarantine.untilMs === null
              ? t('user.untilReleased')
              : t('users.until', { day: formatMoment(quarantine.untilMs) })}
          </p>
          <a href="/limits">{t('user.release')}</a>
        </Note>
      )}
      {protection ? null : <Note tone="warn">{t('user.protectionOff')}</Note>}
      {mode === 'observe' ? <Note tone="warn">{t('user.observeMode')}</Note> : null}
    </>
  );
}

interface ElsewhereProps {
  readonly policy: UserPolicy;
  readonly user: User | null;
}

function Elsewhere({ policy, user }: ElsewhereProps) {
  const { groups, pin, pickupGroups, ties, lists } = policy;
  const none = t('user.none');
  return (
    <Section title={t('user.elsewhere')}>
      <Facts
        facts={[
          [t('users.groups'), groups.length === 0 ? none : <GroupLinks groups={groups} />],
          [t('users.level'), levelWord(user?.level ?? null)],
          [
            t('user.pins'),
            pin.pins.length === 0 ? (
              none
            ) : (
              <a href="/pins">{t('user.pinCount', { count: pin.pins.length })}</a>
            ),
          ],
          [
            t('user.lists'),
            lists.length === 0 ? none : <a href="/authorised">{lists.map(({ name }) => name).join(', ')}</a>,
          ],
          [
            t('user.pickup'),
            <a key="pickup" href="/pickup">
              {pickupGroups.length === 0 ? none : pickupGroups.map(({ group }) => group).join(', ')}
            </a>,
          ],
          [
            t('users.anyPickup'),
            <Badge key="any" tone={user?.anyPickup === true ? 'warn' : 'plain'}>
              {user?.anyPickup === true ? t('ui.yes') : t('ui.no')}
            </Badge>,
          ],
          [
            t('user.protections'),
            ties.pickupProtections.length === 0 ? none : ties.pickupProtections.join(', '),
          ],
          [t('user.mail'), user?.mail || none],
        ]}
      />
    </Section>
  );
}
