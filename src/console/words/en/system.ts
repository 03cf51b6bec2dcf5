// Words of the page “System”.
export const system = {
  title: 'System',
};
