// The frame of a page that stands in the place of all others: the product, one title, one form.
import type { ComponentChildren } from 'preact';
import { Icon } from '../../components/icon.tsx';
import { useTitle } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';

interface AloneProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Alone({ title, children }: AloneProps) {
  useTitle(title);
  return (
    <main class="alone">
      <div class="card sign-in">
        <p class="brand">
          <Icon name="shield" /> {t('shell.product')}
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
