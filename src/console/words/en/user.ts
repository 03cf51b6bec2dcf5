// Words of the page “User”.
export const user = {
  title: 'User',
};
