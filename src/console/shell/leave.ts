// Nobody leaves unsaved changes behind unasked: neither by a link of the console, nor by closing the tab.
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { confirm } from '../components/confirm.tsx';
import { t } from '../i18n/t.tsx';

export function useLeaveWarning(unsaved: boolean): void {
  const { route } = useLocation();
  useEffect(() => {
    if (!unsaved) return undefined;
    const askByBrowser = (event: BeforeUnloadEvent) => event.preventDefault();
    const askHere = (event: MouseEvent) => {
      const address = leadsAway(event);
      if (address === null) return;
      event.preventDefault();
      event.stopPropagation();
      void confirm({
        title: t('shell.leaveTitle'),
        text: t('shell.leaveText'),
        action: t('shell.leave'),
        danger: true,
      }).then((isSure) => isSure && route(address));
    };
    addEventListener('beforeunload', askByBrowser);
    document.addEventListener('click', askHere, { capture: true });
    return () => {
      removeEventListener('beforeunload', askByBrowser);
      document.removeEventListener('click', askHere, { capture: true });
    };
  }, [unsaved]);
}

/** The address of another page of the console that is clicked on; null for what leaves this one where it is. */
function leadsAway({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): string | null {
  if (button !== 0 || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return null;
  const link = target.closest('a');
  if (link === null || link.target !== '' || link.hasAttribute('download')) return null;
  const { origin, pathname, search } = new URL(link.href, location.href);
  const isElsewhere = origin === location.origin && pathname !== location.pathname;
  return isElsewhere ? pathname + search : null;
}
