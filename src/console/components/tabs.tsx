// `Tabs`: parts of one page, one at a time (WAI-ARIA tabs: arrows move between them); the address remembers which by `?tab=`.
import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface Tab {
  readonly key: string;
  readonly title: ComponentChildren;
  readonly content: () => ComponentChildren;
}

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const id = useId();
  const { path, query, route } = useLocation();
  const at = Math.max(
    0,
    tabs.findIndex(({ key }) => key === query['tab']),
  );
  const current = tabs[at];
  if (current === undefined) return null;
  const open = (place: number) => {
    const next = tabs[(place + tabs.length) % tabs.length];
    if (next === undefined) return;
    route(`${path}?tab=${encodeURIComponent(next.key)}`, true);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label}>
        {tabs.map(({ key, title }, place) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={place === at}
            aria-controls={`${id}-panel`}
            tabIndex={place === at ? 0 : -1}
            onClick={() => open(place)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') open(place + 1);
              if (event.key === 'ArrowLeft') open(place - 1);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.key}`} key={current.key}>
        {current.content()}
      </div>
    </div>
  );
}
