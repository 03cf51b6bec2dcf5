// `Page`: title, one sentence on what it is for, its actions, then the content; `Section`: a titled part of it on a card.
import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { Info } from './disclosure.tsx';

interface PageProps {
  readonly title: string;
  /** What one does here, in one sentence. */
  readonly lead?: ComponentChildren;
  /** Buttons beside the title. */
  readonly actions?: ComponentChildren;
  /** The way back: address and title of the page above. */
  readonly up?: { readonly href: string; readonly title: string };
  readonly children: ComponentChildren;
}

/** Names the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('shell.product')}`;
  }, [title]);
}

export function Page({ title, lead, actions, up, children }: PageProps) {
  useTitle(title);
  return (
    <div class="page">
      <div class="page-head">
        <div class="page-words">
          {up === undefined ? null : (
            <a class="up" href={up.href}>
              ‹ {up.title}
            </a>
          )}
          <h1>{title}</h1>
          {lead === undefined ? null : <p class="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div class="actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title?: string;
  readonly lead?: ComponentChildren;
  /** Behind the information icon beside the title. */
  readonly info?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Without the card's inner distance, for tables. */
  readonly flush?: boolean;
}

export function Section({ title, lead, info, actions, children, flush = false }: SectionProps) {
  const id = useId();
  return (
    <section
      class={flush ? 'card card-flush' : 'card'}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {title === undefined && actions === undefined ? null : (
        <div class="card-head">
          <div class="card-words">
            {title === undefined ? null : (
              <h2 id={id}>
                {title}
                {info === undefined ? null : <Info about={title}>{info}</Info>}
              </h2>
            )}
            {lead === undefined ? null : <p class="quiet">{lead}</p>}
          </div>
          {actions === undefined ? null : <div class="actions">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
