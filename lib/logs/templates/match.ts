/** Whether a message could have been made from a template: `<*>` stands for one run of anything but spaces, or part of one. */
export function matchesTemplate(template: string, message: string): boolean {
  return patternOf(template).test(message);
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known) return known;
  const parts = template.split("<*>").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"));
  const pattern = new RegExp(`^\\s*${parts.join("\\S+")}\\s*$`, "u");
  if (patterns.size > 1000) patterns.clear();
  patterns.set(template, pattern);
  return pattern;
}
