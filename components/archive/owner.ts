/** Who archives: "host:pid:random" without the part that differs for each attempt. */
export function processOf(owner: string): string {
  return owner.replace(/:[0-9a-f]{6}$/, "");
}
