/** @type {import("next").NextConfig} */
module.exports = {
  output: "standalone",
  reactCompiler: true,
  poweredByHeader: false,
  typedRoutes: false,
  // Native or connection-holding packages stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "mongodb", "pg"],
  // Services on this machine keep their state here; it never belongs into a build.
  outputFileTracingExcludes: { "*": [".strata/**", "e2e/**", "docs/**"] },
};
