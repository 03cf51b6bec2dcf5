// Words of the page “Pickup”.
export const pickup = {
  title: 'Pickup',
};
