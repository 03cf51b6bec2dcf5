// `Dialog`: over the page; Escape, its button or, until something is typed, a click beside it close it; it keeps the focus.
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
  const typed = useRef(false);
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
      onInput={() => (typed.current = true)}
      // A slip beside it does not take away what was typed.
      onMouseDown={(event) => !firm && !typed.current && event.target === dialog.current && onClose()}
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
