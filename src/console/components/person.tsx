// `Person`: an extension with the name of whose it is, where that is known; a link where one may read of him.
import { nameOf } from '../api/people.ts';

interface PersonProps {
  readonly extension: string;
  readonly href?: string | undefined;
}

export function Person({ extension, href }: PersonProps) {
  const name = nameOf(extension);
  const words = (
    <>
      <span class="number">{extension}</span>
      {name === '' ? null : ` ${name}`}
    </>
  );
  return href === undefined ? (
    <span class="person">{words}</span>
  ) : (
    <a class="person" href={href}>
      {words}
    </a>
  );
}
