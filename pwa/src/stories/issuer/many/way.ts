/** The server's one line for how the credentials of an act on many were chosen: "batch 9fK2…", "norm 290801106 2026-11-01 2026-11-20", "documents 12". */

export type Way =
  | { readonly what: "batch"; readonly name: string }
  | { readonly what: "bulk"; readonly name: string }
  | { readonly what: "norm"; readonly norm: string; readonly first: string; readonly last: string }
  | { readonly what: "documents" | "credentials"; readonly n: string };

/** What the line says; null where nothing was chosen yet. */
export function readWay(line: string): Way | null {
  if (line === "") return null;
  const [what, one = "", first = "", last = ""] = line.split(" ");
  if (what === "batch" || what === "bulk") return { what, name: one };
  if (what === "norm") return { what, norm: one, first, last };
  return { what: what === "documents" ? what : "credentials", n: one };
}
