/** What the build turns into addresses and files. */
/// <reference types="vite/client" />
declare module "*.css";
declare module "*.wasm?url" {
  const address: string;
  export default address;
}
declare module "*?worker&url" {
  const address: string;
  export default address;
}
