// `Disclosure`: more, for who wants it, in the place where it stands; `Info`: an icon that opens an explanation over the page.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { Icon } from './icon.tsx';

interface DisclosureProps {
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
  readonly open?: boolean;
}

export function Disclosure({ summary, children, open = false }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>{summary}</summary>
      <div class="disclosure-inside">{children}</div>
    </details>
  );
}

/** `about`: what is explained, for screen readers. */
export function Info({ about, children }: { readonly about: string; readonly children: ComponentChildren }) {
  const id = useId();
  return (
    <span class="info">
      <button
        type="button"
        class="info-button"
        popovertarget={id}
        aria-label={t('ui.explain', { what: about })}
        onClick={(event) => placeBelow(event.currentTarget, document.getElementById(id))}
      >
        <Icon name="info" />
      </button>
      <div id={id} popover="auto" class="info-text">
        {children}
      </div>
    </span>
  );
}

const EDGE_PX = 12;
const WIDTH_PX = 352;

/** Below its button, and always inside of the window. */
function placeBelow(button: Element, text: HTMLElement | null): void {
  if (text === null) return;
  const { left, bottom } = button.getBoundingClientRect();
  const width = Math.min(WIDTH_PX, innerWidth - 2 * EDGE_PX);
  text.style.width = `${width}px`;
  text.style.left = `${Math.max(EDGE_PX, Math.min(left - EDGE_PX, innerWidth - width - EDGE_PX))}px`;
  text.style.top = `${Math.min(bottom + 6, innerHeight * 0.7)}px`;
}
