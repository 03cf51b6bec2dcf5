// `CopyButton`: puts a text on the clipboard, and says so.
import { useState } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { Button } from './button.tsx';

const SAID_MS = 2000;

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <Button
      kind="quiet"
      icon={copied ? 'check' : 'copy'}
      onClick={() => void copy()}
      label={label ?? t('ui.copy')}
    >
      {copied ? t('ui.copied') : t('ui.copy')}
    </Button>
  );
}
