/** What a text that is no pass is, in a sentence: a code of Puente's for another use, or what it looks like. */
import type { Language, Report } from "../words/report.ts";
import { text } from "../words/text.ts";

/** Puente's own codes; of them nobody says that they are not Puente's. */
const OWN = ["puente_update", "puente_log_proof", "puente_request", "puente_claim", "puente_sheet"] as const;
const OTHERS = ["url", "smart_health_card", "eu_dcc", "json", "jwt", "base45", "other_credential"] as const;

/** What a code of Puente's is that is no pass, or null. */
export function ownCode(report: Report, language: Language): string | null {
  const own = OWN.find((name) => name === report.looksLike);
  return own === undefined ? null : text(language, `looks.${own}`);
}

/** What another system's code looks like, with the host of a link (DOMAIN A36); nothing of what is no such code, or is one of Puente's own. */
export function foreign(report: Report, group: string | null, host: string | null, language: Language): readonly string[] {
  return group === "other" && report.reasons.includes("unsupported_prefix") && ownCode(report, language) === null ? [looksLike(report, host, language)] : [];
}

function looksLike(report: Report, host: string | null, language: Language): string {
  const known = OTHERS.find((name) => name === report.looksLike);
  const line = text(language, known === undefined ? "looks.unknown" : `looks.${known}`);
  return host === null ? line : `${line} ${text(language, "looks.host", { host })}`;
}
