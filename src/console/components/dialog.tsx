// `Dialog`: over the page, closed by Escape, by its button and by a click beside it; the browser keeps the focus inside.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the end. */
  readonly footer?: ComponentChildren;
  /** True: there is no way past it. */
  readonly firm?: boolean;
  readonly wide?: boolean;
}

export function Dialog({ title, onClose, children, footer, firm = false, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      onMouseDown={(event) => !firm && event.target === dialog.current && onClose()}
    >
      <div class="dialog-inside">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          {firm ? null : <IconButton icon="close" label={t('ui.close')} onClick={onClose} />}
        </div>
        <div class="dialog-body">{children}</div>
        {footer === undefined ? null : <div class="dialog-foot">{footer}</div>}
      </div>
    </dialog>
  );
}
