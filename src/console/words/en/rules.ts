// Words of the page “Rules”.
export const rules = {
  title: 'Rules',
};
