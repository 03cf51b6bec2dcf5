// Words of the page “Accounts”.
export const accounts = {
  title: 'Accounts',
};
