/** Which Debian packages the engine needs, found in apt's own index rather than in a list that ages. */

export type DebianPackage = {
  name: string;
  version: string;
  architecture: string;
  sha256: string;
  sizeBytes: number;
  dependencies: string[][];
  provides: string[];
};

/**
 * Packages that `apt-get install` would bring and the engine never opens. Being wrong here is not silent: afterwards
 * every library has to be found (libraries.ts), and if one is not, everything apt would install is fetched.
 */
const NOT_NEEDED: [RegExp, string][] = [
  [/^libgdal/, "only postgis_raster loads it, which DocumentDB does not ask for"],
  [/^libsfcgal/, "only postgis_sfcgal loads it"],
  [/^proj-data$/, "coordinate systems; DocumentDB's spheres need none"],
  [
    /^perl|^postgresql-common|^postgresql-client|^ssl-cert|^debconf|^init-system/,
    "scripts that manage a system service",
  ],
  [/^locales|^tzdata/, "the C locale is built in, and time zones are read from the machine"],
];

/** Reads the stanzas that `apt-cache show` prints. */
export function readPackages(stanzas: string): Map<string, DebianPackage> {
  const packages = new Map<string, DebianPackage>();
  for (const stanza of stanzas.split(/\n\n+/)) {
    const fields = new Map(
      [...stanza.matchAll(/^([A-Za-z0-9-]+): (.*)$/gm)].map(([, key = "", text = ""]) => [key, text]),
    );
    const field = (name: string) => fields.get(name) ?? "";
    if (!fields.has("Package")) continue;
    packages.set(field("Package"), {
      name: field("Package"),
      version: field("Version"),
      architecture: field("Architecture"),
      sha256: field("SHA256"),
      sizeBytes: Number(field("Size")),
      dependencies: [...readRelation(field("Pre-Depends")), ...readRelation(field("Depends"))],
      provides: readRelation(field("Provides")).flat(),
    });
  }
  return packages;
}

/** "a (>= 1), b | c:any" becomes [["a"], ["b", "c"]]: versions are apt's business, it has solved them already. */
function readRelation(text: string): string[][] {
  const groups = text
    .split(",")
    .map((group) => group.split("|").map((one) => one.trim().split(/[\s(:]/)[0] ?? ""));
  return groups.filter(([first]) => first);
}

/** Follows the dependencies from the roots within what apt chose, leaving out what the engine never opens. */
export function neededPackages(all: Map<string, DebianPackage>, roots: string[]): DebianPackage[] {
  const providers = new Map(
    [...all.values()].flatMap(({ name, provides }) => provides.map((virtual) => [virtual, name])),
  );
  const needed = new Map<string, DebianPackage>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const found = all.get(name);
    if (!found || needed.has(name) || NOT_NEEDED.some(([pattern]) => pattern.test(found.name))) continue;
    needed.set(name, found);
    for (const alternatives of found.dependencies) {
      const names = alternatives.map((one) => (all.has(one) ? one : providers.get(one)));
      waiting.push(...names.filter((one) => one !== undefined).slice(0, 1));
    }
  }
  return [...needed.values()].sort((a, b) => a.name.localeCompare(b.name));
}
