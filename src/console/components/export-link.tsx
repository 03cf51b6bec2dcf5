// `ExportLink`: fetches a file of the API, such as the CSV of what stands on the page.
import { apiAddress, type AskOptions } from '../api/client.ts';
import { t } from '../i18n/t.tsx';
import { Icon } from './icon.tsx';

interface ExportLinkProps {
  readonly path: string;
  readonly query?: AskOptions['query'];
  /** What the file is called. */
  readonly file: string;
  readonly label?: string;
}

export function ExportLink({ path, query, file, label }: ExportLinkProps) {
  return (
    <a class="button button-plain" href={apiAddress(path, query)} download={file}>
      <Icon name="download" />
      <span>{label ?? t('ui.export')}</span>
    </a>
  );
}
