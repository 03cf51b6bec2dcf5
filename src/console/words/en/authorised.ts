// Words of the page “Authorised numbers”.
export const authorised = {
  title: 'Authorised numbers',
};
