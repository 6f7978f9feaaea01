const development = process.env.NODE_ENV === "development";

/**
 * Nothing is loaded from elsewhere, and nobody frames us. Next writes its data into inline scripts, which a policy without a nonce
 * has to allow; a nonce would make every page, also "not found", wait for the server.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self'${development ? " ws:" : ""}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const securityHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
module.exports = {
  output: "standalone",
  // This folder is the project, whatever lock files lie above it.
  outputFileTracingRoot: __dirname,
  turbopack: { root: __dirname },
  reactCompiler: true,
  poweredByHeader: false,
  typedRoutes: false,
  // Native or connection-holding packages stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "mongodb", "pg", "snappy"],
  // Migrations are applied when the server starts (instrumentation.ts), which is no page whose imports are traced.
  outputFileTracingIncludes: { "*": ["drizzle/migrations/**"] },
  // Services on this machine keep their state here; it never belongs into a build.
  outputFileTracingExcludes: { "*": [".strata/**", "e2e/**", "docs/**"] },
  // forbidden(): a member without the permission gets its own page and a 403.
  // A graph of thousands of nodes is saved as one text; the form that takes it says when it is too long (lib/workflows/graph-text.ts).
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "6mb" } },
  headers: () => Promise.resolve([{ source: "/:path*", headers: securityHeaders }]),
};
