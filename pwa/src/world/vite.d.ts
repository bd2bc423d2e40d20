/** What the build turns into addresses. */
declare module "*.css";
declare module "*.wasm?url" {
  const address: string;
  export default address;
}
declare module "*?worker&url" {
  const address: string;
  export default address;
}
