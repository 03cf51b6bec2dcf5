// The sprite of all flags, which the build makes (vite.config.ts).
declare module 'virtual:flags' {
  const address: string;
  export default address;
}
