// Words of the page “Sign in”.
export const signIn = {
  title: 'Sign in',
  account: 'Account',
  password: 'Password',
  submit: 'Sign in',
  wrong: 'The name or the password is wrong.',
  tooMany:
    'There were too many wrong passwords. Wait a little and try again, or ask an administrator ' +
    'for a new password.',
  help: 'No account, or no password any more? An administrator of this PBX can help.',
  changeTitle: 'Choose a password of your own',
  changeText:
    'Somebody else gave you the password you signed in with. Choose one that only you know, ' +
    'and the console opens.',
};
