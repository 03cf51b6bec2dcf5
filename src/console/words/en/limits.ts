// Words of the page “Limits and quarantine”.
export const limits = {
  title: 'Limits and quarantine',
};
