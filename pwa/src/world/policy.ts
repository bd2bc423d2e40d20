/** The one Trusted Types policy: it makes the addresses of our worker and service worker, from a fixed list (TRUST section 15). */

interface ScriptUrls {
  createScriptURL(address: string): string;
}
interface TypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): ScriptUrls;
}
declare global {
  // eslint-disable-next-line no-var
  var trustedTypes: TypesFactory | undefined;
}

/** Builds the policy; any address that is not on the list raises. Browsers without Trusted Types get the same check. */
export function scriptAddresses(allowed: readonly string[]): (address: string) => string {
  const rules = {
    createScriptURL: (address: string): string => {
      if (!allowed.includes(address)) throw new TypeError("not an address of ours");
      return address;
    },
  };
  const policy = globalThis.trustedTypes?.createPolicy("puente", rules) ?? rules;
  return (address) => policy.createScriptURL(address);
}
