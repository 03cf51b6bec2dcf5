// `Table`: rows with a title for each column; sorted, selected and paged where asked; on a phone each row becomes a card.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Paging } from '../api/use-pages.ts';
import { t } from '../i18n/t.tsx';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';
import { Icon } from './icon.tsx';
import { Spinner } from './spinner.tsx';
import { sortRows, type SortKey } from './sort-rows.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ComponentChildren;
  /** By which the rows can be sorted here; not for lists that the API pages. */
  readonly sort?: (row: Row) => SortKey;
  /** Numbers stand at the end of their column. */
  readonly align?: 'end';
  /** No title is shown, such as above buttons; screen readers still hear it. */
  readonly bare?: boolean;
}

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** Buttons for what is chosen, shown above the table while anything is. */
  readonly bar: ComponentChildren;
}

interface TableProps<Row> {
  /** What the table shows, for screen readers. */
  readonly label: string;
  /** Null while they are on their way. */
  readonly rows: readonly Row[] | null;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Names a row for screen readers where it is selected; its key by default. */
  readonly rowName?: (row: Row) => string;
  readonly selection?: Selection;
  readonly paging?: Paging;
  /** Shown in the place of the rows where there are none. */
  readonly empty?: ComponentChildren;
  /** What a row is marked with, such as `bad` for a refused call. */
  readonly tone?: (row: Row) => 'good' | 'warn' | 'bad' | undefined;
}

interface Sorting {
  readonly key: string;
  readonly down: boolean;
}

export function Table<Row>(props: TableProps<Row>) {
  const { rows, columns, selection, paging } = props;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  if (rows === null) return <Spinner label={t('ui.loading')} />;
  const column = columns.find(({ key }) => key === sorting?.key);
  const shown = column?.sort ? sortRows(rows, column.sort, sorting?.down === true) : rows;
  return (
    <div class="table-frame">
      {selection && selection.chosen.size > 0 ? <BulkBar {...selection} /> : null}
      {rows.length === 0 ? (
        (props.empty ?? <Empty title={t('ui.noRows')} />)
      ) : (
        <table aria-label={props.label}>
          <thead>
            <tr data-sort={t('ui.sortShort')}>
              {selection ? <SelectAll keys={rows.map(props.rowKey)} selection={selection} /> : null}
              {columns.map((one) => (
                <Head key={one.key} column={one} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Line key={props.rowKey(row)} row={row} {...props} />
            ))}
          </tbody>
        </table>
      )}
      {paging && (paging.next !== null || paging.previous !== null) ? <Pager {...paging} /> : null}
    </div>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting) => void;
}

function Head<Row>({ column, sorting, onSort }: HeadProps<Row>) {
  const { key, title, align, bare, sort } = column;
  const sorted = sorting?.key === key ? (sorting.down ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" data-align={align} aria-sort={sorted}>
      {sort === undefined ? (
        <span class={bare === true ? 'visually-hidden' : ''}>{title}</span>
      ) : (
        <button
          type="button"
          class="sort"
          title={t('ui.sortBy', { column: title })}
          onClick={() => onSort({ key, down: sorted === 'ascending' })}
        >
          {title}
          {sorted === undefined ? null : <Icon name={sorted === 'ascending' ? 'up' : 'down'} />}
        </button>
      )}
    </th>
  );
}

function Line<Row>({
  row,
  columns,
  rowKey,
  rowName,
  selection,
  tone,
}: TableProps<Row> & { readonly row: Row }) {
  const key = rowKey(row);
  const chosen = selection?.chosen.has(key) === true;
  const flip = (checked: boolean) => {
    const next = new Set(selection?.chosen);
    if (checked) next.add(key);
    else next.delete(key);
    selection?.onChange(next);
  };
  return (
    <tr data-tone={tone?.(row)} data-chosen={chosen ? 'true' : undefined}>
      {selection ? (
        <td class="select-cell">
          <input
            type="checkbox"
            aria-label={t('ui.selectRow', { row: rowName?.(row) ?? key })}
            checked={chosen}
            onChange={(event) => flip(event.currentTarget.checked)}
          />
        </td>
      ) : null}
      {columns.map((column, place) => (
        <td
          key={column.key}
          class={place === 0 ? 'cell-first' : ''}
          data-title={column.bare === true || place === 0 ? undefined : column.title}
          data-align={column.align}
        >
          <div class="cell">{column.render(row)}</div>
        </td>
      ))}
    </tr>
  );
}

function SelectAll({ keys, selection }: { readonly keys: readonly string[]; readonly selection: Selection }) {
  const all = keys.length > 0 && keys.every((key) => selection.chosen.has(key));
  const some = !all && keys.some((key) => selection.chosen.has(key));
  return (
    <th scope="col" class="select-cell" data-title={t('ui.selectAll')}>
      <input
        type="checkbox"
        aria-label={t('ui.selectAll')}
        checked={all}
        indeterminate={some}
        onChange={() => selection.onChange(new Set(all ? [] : keys))}
      />
    </th>
  );
}

function BulkBar({ chosen, onChange, bar }: Selection) {
  return (
    <div class="bulk-bar" role="region" aria-label={t('ui.selected', { count: chosen.size })}>
      <strong aria-live="polite">{t('ui.selected', { count: chosen.size })}</strong>
      <div class="actions">{bar}</div>
      <Button kind="quiet" onClick={() => onChange(new Set())}>
        {t('ui.clearSelection')}
      </Button>
    </div>
  );
}

function Pager({ number, previous, next }: Paging) {
  return (
    <nav class="pager" aria-label={t('ui.pageNumber', { page: number })}>
      <Button icon="back" disabled={previous === null} onClick={() => previous?.()}>
        {t('ui.previousPage')}
      </Button>
      <span>{t('ui.pageNumber', { page: number })}</span>
      <Button icon="next" disabled={next === null} onClick={() => next?.()}>
        {t('ui.nextPage')}
      </Button>
    </nav>
  );
}

/** Filters and searches above a table. */
export function Toolbar({ children }: { readonly children: ComponentChildren }) {
  return <div class="toolbar">{children}</div>;
}
