// Words of the page “Calls”.
export const calls = {
  title: 'Calls',
};
