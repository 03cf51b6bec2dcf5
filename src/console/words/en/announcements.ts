// Words of the page “Announcements”.
export const announcements = {
  title: 'Announcements',
};
