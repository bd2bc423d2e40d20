/** A change of the trust list: what it would do in a sentence, then each value as it will stand, to be compared. Draws only. */
import type { VNode } from "preact";
import { useWords } from "../../../kit/words.tsx";
import type { RegistryChange } from "../wire.ts";

export function ChangeWords({ change }: { change: RegistryChange }): VNode {
  const { say } = useWords();
  const { kind, ...values } = change;
  return (
    <>
      {say(`change.${kind}`)}
      <dl class="said small">{Object.entries(values).map(([name, value]) => <Value key={name} name={name} value={value} />)}</dl>
    </>
  );
}

/** By the names that the protocol has for them, which the keepers' ceremony uses too. */
function Value({ name, value }: { name: string; value: unknown }): VNode | null {
  if (value === null || value === undefined) return null;
  return <div><dt><code>{name}</code></dt><dd><code>{told(value)}</code></dd></div>;
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join(", ");
  return typeof value === "object" && value !== null ? Object.values(value).map(String).join(" ") : String(value);
}
