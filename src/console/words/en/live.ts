// Words of the page “Live”.
export const live = {
  title: 'Live',
};
