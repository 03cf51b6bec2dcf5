// A secret that is shown this once, with a button that copies it; no click beside it loses it.
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { t } from '../../i18n/t.tsx';

interface ShownOnceProps {
  readonly title: string;
  readonly text: string;
  readonly secret: string;
  readonly onClose: () => void;
}

export function ShownOnce({ title, text, secret, onClose }: ShownOnceProps) {
  const footer = (
    <Button kind="primary" onClick={onClose}>
      {t('ui.close')}
    </Button>
  );
  return (
    <Dialog title={title} onClose={onClose} footer={footer} firm>
      <p>{text}</p>
      <p class="secret">
        <code>{secret}</code> <CopyButton text={secret} />
      </p>
    </Dialog>
  );
}
