// Words of the page “Schedules”.
export const schedules = {
  title: 'Schedules',
};
