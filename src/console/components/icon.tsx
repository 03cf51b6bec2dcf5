// Line icons, drawn in the colour of the text beside them; they repeat what words say, and are hidden from screen readers.
const shapes = {
  accounts:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20a6 6 0 0 1 8-5.700M18.500 14v-1.500a2 2 0 0 0-4 0V14M13 14h7v6h-7z',
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  calls: 'M7 4h3l1.5 4-2 1.500a11 11 0 0 0 5 5l1.5-2 4 1.500v3a2 2 0 0 1-2 2A16 16 0 0 1 5 6a2 2 0 0 1 2-2z',
  chart: 'M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-3',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  clock: 'M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  down: 'M6 9l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  gauge: 'M4 18a9 9 0 1 1 16 0M12 15l4-5',
  gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20a6 6 0 0 1 12 0M16 4.300a3.5 3.5 0 0 1 0 6.500M18 14.500a6 6 0 0 1 3 5.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.100',
  key: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9M18 11v4',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  list: 'M8 6h12M8 12h12M8 18h12M4 6v.100M4 12v.100M4 18v.100',
  live: 'M12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM8 16a6 6 0 0 1 0-8M16 8a6 6 0 0 1 0 8M5 19a10 10 0 0 1 0-14M19 5a10 10 0 0 1 0 14',
  menu: 'M4 6h16M4 12h16M4 18h16',
  next: 'M9 5l7 7-7 7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  pickup: 'M3 14c5-5 13-5 18 0l-2.5 3-4-1.500V12.500M9.5 12.500v3L5.5 17 3 14M12 3v5M9.5 5.500L12 8l2.5-2.5',
  refresh: 'M20 11a8 8 0 1 0-2.300 6.300M20 5v6h-6',
  screen: 'M3 5h18v11H3zM9 20h6M12 16v4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  shield: 'M12 3l7.5 3v5.500c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.500V6z',
  sound: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM15.5 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  up: 'M6 15l6-6 6 6',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.100',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
