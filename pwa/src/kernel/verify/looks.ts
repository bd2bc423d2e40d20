/**
 * What a text of another system looks like, for a sentence that helps. Nothing is opened, unwrapped or fetched.
 */

/** In this order: the first that matches names it. Each pattern is linear in the text. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/^shc:\//i, "smart_health_card"],
  [/^HC1:/, "eu_dcc"],
  [/^[A-Za-z][A-Za-z0-9+.-]{0,31}:\/\//, "url"],
  [/^(?:https?|mailto|tel|sms|geo|wifi|otpauth|openid4vp|openid-credential-offer|haip|mdoc):/i, "url"],
  [/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_.~-]*)?$/, "jwt"],
  [/^[ \t\r\n]*[{[]/, "json"],
  [/^VD1-/, "puente_update"],
  [/^VR1-/, "puente_log_proof"],
  [/^VQ1-/, "puente_request"],
  [/^VO1-/, "puente_claim"],
  [/^[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){6}$/, "puente_sheet"],
  [/^V[CP]1-(?!R)/, "other_credential"],
  [/^[0-9A-Z $%*+./:-]{20,}$/, "base45"],
];

/** A name for the text's system, or null. */
export function looksLike(text: string): string | null {
  return LOOKS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
