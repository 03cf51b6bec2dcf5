// Words of the page “Sign in”.
export const signIn = {
  title: 'Sign in',
  account: 'Account',
  password: 'Password',
  submit: 'Sign in',
};
