// `Flag`: of a country, beside its name; all flags are one file, fetched when the first is shown. A network has none.
import sprite from 'virtual:flags';

export function Flag({ region }: { readonly region: string }) {
  if (!/^[A-Z]{2}$/.test(region)) return null;
  return (
    <svg class="flag" aria-hidden="true">
      <use href={`${sprite}#${region}`} />
    </svg>
  );
}
