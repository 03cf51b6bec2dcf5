// `Spinner`: something is on its way; it appears only where that takes a moment.
export function Spinner({ label }: { readonly label: string }) {
  return (
    <div class="spinner" role="status">
      <span class="spinner-small" aria-hidden="true" />
      <span>{label}</span>
    </div>
  );
}
