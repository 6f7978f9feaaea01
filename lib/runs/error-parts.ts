export interface ErrorLine {
  key: string;
  line: string;
  /** A frame of a stack: where, not what. */
  frame: boolean;
}

/** "at f (file:1:2)", 'File "x.py", line 3, in f', "\tat com.example.F(F.java:1)", "#0 0x00 in main", "goroutine 1 [running]:". */
const frames =
  /^\s*(?:at\s+\S.*(?::\d+|\(.*\))\)?$|File ".*", line \d+|#\d+\s+0x[0-9a-f]+|goroutine \d+ \[|\.\.\. \d+ more\b|from \S+:\d+:in\b)/;
const longest = 400;

/** An error message as a person reads it: its first line that says something, then the others. */
export function errorParts(text: string): { head: string; rest: ErrorLine[] } {
  const lines = text.split(/\r\n|\r|\n/);
  const at = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
  const behind = lines.slice(at + 1, at + 1 + longest);
  while (behind.at(-1)?.trim() === "") behind.pop();
  while (behind[0]?.trim() === "") behind.shift();
  return {
    head: (lines[at] ?? "").trim(),
    rest: behind.map((line, index) => ({ key: `${index}`, line, frame: frames.test(line) })),
  };
}
