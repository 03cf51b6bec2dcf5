// Words of the page “Try a number”.
export const tryNumber = {
  title: 'Try a number',
};
