/** Escapes that stand for a set of characters, a place between two, or a control character. */
const breaking = /[dDwWsSbBnrtfv]/;
/** Escapes with an argument. Patterns that have one are rare, and understood by the engine alone. */
const withArgument = /[0-9xukcpP]/;

/**
 * Texts that occur, in some case, in everything that a pattern matches: its characters outside of groups, classes and
 * repetitions. An empty list when that is not certain. The pattern was compiled without the u flag.
 */
export function requiredLiterals(source: string): string[] {
  const literals: string[] = [];
  let run = "";
  const cut = () => {
    if (run !== "") literals.push(run);
    run = "";
  };
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "|") return [];
    if (character === "\\") {
      const escaped = source.charAt(++at);
      if (withArgument.test(escaped)) return [];
      if (breaking.test(escaped)) cut();
      else run += escaped;
    } else if (character === "[" || character === "(") {
      cut();
      at = character === "[" ? endOfClass(source, at) : endOfGroup(source, at);
    } else if (character === "*" || character === "?" || character === "{") {
      if (character === "{" && !/^\{\d+(,\d*)?\}/.test(source.slice(at))) return [];
      // The character before may occur no time at all.
      run = run.slice(0, -1);
      cut();
      at = endOfQuantifier(source, at);
    } else if (character === "+") {
      cut();
      at = endOfQuantifier(source, at);
    } else if (character === "." || character === "^" || character === "$") cut();
    else run += character;
  }
  cut();
  return literals;
}

/** The place of the last character of a class, group or quantifier that starts at `at`. */
function endOfClass(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === "\\") end++;
    else if (source[end] === "]") return end;
  }
  return source.length;
}

function endOfGroup(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === "\\") end++;
    else if (source[end] === "[") end = endOfClass(source, end);
    else if (source[end] === "(") end = endOfGroup(source, end);
    else if (source[end] === ")") return end;
  }
  return source.length;
}

function endOfQuantifier(source: string, at: number): number {
  const end = source[at] === "{" ? source.indexOf("}", at) : at;
  return source[end + 1] === "?" ? end + 1 : end;
}
