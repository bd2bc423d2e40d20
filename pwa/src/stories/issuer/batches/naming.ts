/** What people call a batch by: what it certifies, how many rows, which day and centre. Its id is for machines and stands beside. */
import { grouped, numbered, shortDate, text } from "../../../words/text.ts";
import type { Language } from "../../../words/report.ts";
import { shortName } from "../parts.tsx";
import type { BatchName } from "../wire.ts";

/** The norm's title where all certify one, its code where no table knows it; otherwise the type. */
function subjectOf({ norm, title, titleEn }: BatchName, language: Language): string {
  if (norm === null) return inLanguage({ es: title, en: titleEn }, language) ?? title;
  return inLanguage({ es: norm.title, en: norm.titleEn }, language) ?? text(language, "cohorts.one_norm", { norm: norm.code });
}

/** Subject, rows and day: short enough for a heading or a link. */
export function nameOf(batch: BatchName, language: Language): string {
  const n = batch.issue + batch.skip + batch.error;
  const rows = text(language, numbered("cohorts.rows", n), { n: grouped(language, n) });
  return [subjectOf(batch, language), rows, shortDate(language, batch.prepared)].join(", ");
}

/** What stands small beside it: the type and the norm's code where the name does not say them, the centre, the id. */
export function besideOf({ id, norm, centre, title, titleEn }: BatchName, language: Language): readonly string[] {
  const certifies = norm === null ? [] : [inLanguage({ es: title, en: titleEn }, language) ?? title, text(language, "cohorts.norm", { norm: norm.code, version: norm.version })];
  const where = centre === null ? [] : [text(language, "cohorts.centre", { centre })];
  return [...certifies, ...where, text(language, "cohorts.id", { name: shortName(id) })];
}

/** What has no name in the language in use is called by its Spanish one. */
export function inLanguage(names: Readonly<Record<Language, string | null>>, language: Language): string | null {
  return names[language] ?? names["es"] ?? null;
}
