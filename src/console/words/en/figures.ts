// Words of the page “Figures”.
export const figures = {
  title: 'Figures',
};
