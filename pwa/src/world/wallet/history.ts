/**
 * The history of what was shown (TRUST section 9, point 4): lines wait in the pack while only the PIN was given, and lie in
 * the vault as items of type "show" once it is open.
 */
import { isObject, type JsonObject, type JsonValue, member } from "../../kernel/json.ts";
import { Refused } from "../../kernel/refused.ts";
import { addItem, changeItem, dropItem } from "../../kernel/vault/contents.ts";
import type { OpenWallet } from "../../kernel/vault/holder.ts";
import { SHOW } from "../../kernel/vault/kept.ts";
import type { ShowLine } from "../../stories/holder/ports.ts";

/** The vault's lines, oldest first. */
export function linesOf(wallet: OpenWallet): readonly ShowLine[] {
  return wallet.contents.items.filter(({ body }) => member(body, "type") === SHOW).map(({ name, body }) => lineOf({ ...body, id: name }));
}

/** With those lines in the vault. */
export function withLines(wallet: OpenWallet, lines: readonly ShowLine[]): OpenWallet {
  return wallet.with(lines.reduce((contents, line) => addItem(contents, line.id, bodyOf(line)), wallet.contents));
}

export function withChangedLine(wallet: OpenWallet, line: ShowLine): OpenWallet {
  return wallet.with(changeItem(wallet.contents, line.id, bodyOf(line)));
}

export function withoutLines(wallet: OpenWallet): OpenWallet {
  return wallet.with(linesOf(wallet).reduce((contents, { id }) => dropItem(contents, id), wallet.contents));
}

/** A line as it was written here or by another of the holder's wallets. Refuses `vault_unreadable`. */
export function lineOf(value: JsonValue): ShowLine {
  const id = isObject(value) ? textOf(value, "id") : null;
  const at = isObject(value) ? textOf(value, "at") : null;
  if (!isObject(value) || id === null || at === null) throw new Refused("vault_unreadable", "a line of history without its time");
  const manner = textOf(value, "manner");
  return {
    id, at, profile: textOf(value, "profile") ?? "", manner: manner === "static" || manner === "live" || manner === "answer" ? manner : null,
    to: textOf(value, "to"), note: textOf(value, "note"), kinds: textsOf(value, "kinds"), claims: textsOf(value, "claims"),
  };
}

function bodyOf({ id: _, kinds, claims, ...line }: ShowLine): JsonObject {
  return { type: SHOW, ...line, kinds: [...kinds], claims: [...claims] };
}

/** None where the line was written before there was such a list. */
function textsOf(value: JsonObject, name: string): readonly string[] {
  const found = member(value, name);
  return Array.isArray(found) ? found.map(String) : [];
}

function textOf(value: JsonObject, name: string): string | null {
  const found = member(value, name);
  return typeof found === "string" ? found : null;
}
