/** Colours a terminal knows by name; what a producer mixed itself (256 colours, RGB) has no place in the palette. */
export const ansiColors = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
export type AnsiColor = (typeof ansiColors)[number];

export interface AnsiStyle {
  color: AnsiColor | null;
  bold: boolean;
}

/** A stretch of the plain text that is written in one style. */
export interface AnsiRun extends AnsiStyle {
  start: number;
  end: number;
}

const esc = String.fromCharCode(27);
/** Control sequences (the parameters of a colour in the group), titles and the like, and one that a cut left unfinished. */
const sequences = new RegExp(
  `${esc}\\[([0-9;:]*)m|${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)|${esc}[@-Z\\\\^_]|${esc}\\[?[0-9;:]*$|${esc}`,
  "g",
);

export const hasEscapes = (text: string) => text.includes(esc);

/** A text as a terminal would show it: without its escape sequences, and which parts of it they colour. */
export function readAnsi(text: string): { text: string; runs: AnsiRun[] } {
  if (!hasEscapes(text)) return { text, runs: [] };
  const runs: AnsiRun[] = [];
  let style: AnsiStyle = { color: null, bold: false };
  let plain = "";
  let end = 0;
  const take = (until: number) => {
    const piece = text.slice(end, until);
    if (piece && (style.color !== null || style.bold)) {
      runs.push({ ...style, start: plain.length, end: plain.length + piece.length });
    }
    plain += piece;
  };
  for (const match of text.matchAll(sequences)) {
    take(match.index);
    end = match.index + match[0].length;
    if (match[1] !== undefined) style = styled(style, match[1]);
  }
  take(text.length);
  return { text: plain, runs };
}

export const withoutAnsi = (text: string) => readAnsi(text).text;

function styled(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let { color, bold } = before;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) [color, bold] = [null, false];
    else if (code === 1) bold = true;
    else if (code === 22) bold = false;
    else if (code === 39) color = null;
    else if (code === 38 || code === 48) {
      const indexed = codes[i + 1] === 5;
      if (code === 38) color = indexed ? named(codes[i + 2] ?? -1) : null;
      i += indexed ? 2 : 4;
    } else if (code >= 30 && code <= 37) color = named(code - 30);
    else if (code >= 90 && code <= 97) color = named(code - 90);
  }
  return { color, bold };
}

function named(index: number): AnsiColor | null {
  return index < 16 ? (ansiColors[index % 8] ?? null) : null;
}
