// Words of the page “Groups”.
export const groups = {
  title: 'Groups',
};
