// Words of the page “Call barring”.
export const barring = {
  title: 'Call barring',
};
