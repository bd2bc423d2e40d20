/** The device's clock, and the time this page was built: the least time it believes in (TRUST V2). */
declare const __BUILD_TIME__: number;

/** Now by the device, to the whole second. */
export function now(): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000);
}

/** When this page was built (SOURCE_DATE_EPOCH); the epoch where the build did not say. */
export const BUILT_AT = new Date(__BUILD_TIME__ * 1000);
