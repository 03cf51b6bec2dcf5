// Words of the page “PINs”.
export const pins = {
  title: 'PINs',
};
