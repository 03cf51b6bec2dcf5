// A policy file: what it would change, and would have done to calls; then it is applied as a whole, or not at all.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { api, tagOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { Planned, plannedCount } from '../audit/planned.tsx';
import { Replay } from './replay.tsx';

type Outcome = z.infer<typeof outcomeForm>;

const TYPE = 'application/toml';

export function ApplyPolicy({ onApplied }: { readonly onApplied: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('system.applyPolicy')}</Button>
      {open ? <ApplyDialog onClose={() => setOpen(false)} onApplied={onApplied} /> : null}
    </>
  );
}

function ApplyDialog({
  onClose,
  onApplied,
}: {
  readonly onClose: () => void;
  readonly onApplied: () => void;
}) {
  const [file, setFile] = useState<File | null>(null);
  const [plan, setPlan] = useState<Outcome | null>(null);
  const compare = useAction(async (chosen: File) => {
    // The tag of the version that the plan is compared with.
    await api.get('/policy');
    setPlan(await api.post<Outcome>('/policy/plan', undefined, { file: { type: TYPE, content: chosen } }));
  });
  const apply = useAction(async () => {
    if (file === null) return;
    const tag = tagOf('/policy') ?? null;
    toastOutcome(
      await api.post<Outcome>('/policy/apply', undefined, {
        file: { type: TYPE, content: file },
        ifMatch: tag,
      }),
    );
    onApplied();
    onClose();
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setPlan(null);
    if (chosen !== null) void compare.run(chosen);
  };
  const count = plan === null ? 0 : plannedCount(plan);
  return (
    <Dialog
      title={t('system.applyPolicy')}
      onClose={onClose}
      wide
      footer={
        <Button kind="primary" busy={apply.busy} disabled={count === 0} onClick={() => void apply.run()}>
          {t('system.applyNow', { count })}
        </Button>
      }
    >
      <label class="file-field">
        <span>{t('system.policyFile')}</span>
        <input
          type="file"
          accept=".toml,application/toml"
          onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
        />
      </label>
      {[compare.problem, apply.problem].map((problem) =>
        problem === null ? null : <ProblemNote key={problem.message} problem={problem} />,
      )}
      {plan === null ? null : <Planned plan={plan} />}
      {plan === null || file === null || !may('calls.read') ? null : (
        <Replay key={`${file.name} ${file.lastModified} ${file.size}`} file={file} type={TYPE} />
      )}
    </Dialog>
  );
}
