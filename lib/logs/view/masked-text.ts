export interface Mask {
  mask: string;
  /** Name of the rule: why something stands there instead. */
  rule: string;
}

/** A stretch of the text, and where in it that begins. */
export type MaskedPart = { at: number; text: string } & ({ kind: "text" } | { kind: "masked"; rule: string });

/** A redacted text, cut where a rule put its mask. Two rules with one mask are named together: nobody knows which it was. */
export function maskedParts(text: string, masks: readonly Mask[]): MaskedPart[] {
  const rules = new Map<string, string[]>();
  for (const { mask, rule } of masks) if (mask) rules.set(mask, [...(rules.get(mask) ?? []), rule]);
  if (rules.size === 0) return [{ kind: "text", at: 0, text }];
  const longestFirst = [...rules.keys()].sort((a, b) => b.length - a.length);
  const any = new RegExp(
    longestFirst.map((mask) => mask.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"),
    "g",
  );
  const parts: MaskedPart[] = [];
  let end = 0;
  for (const match of text.matchAll(any)) {
    if (match.index > end) parts.push({ kind: "text", at: end, text: text.slice(end, match.index) });
    parts.push({
      kind: "masked",
      at: match.index,
      text: match[0],
      rule: (rules.get(match[0]) ?? []).join(" or "),
    });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", at: end, text: text.slice(end) });
  return parts;
}
