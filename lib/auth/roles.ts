import { type Role, roles } from "@/drizzle/schema/roles";

export { type Role, roles };

export const permissions = [
  "workspace:read",
  "workspace:write",
  "projects:read",
  "projects:write",
  "workflows:read",
  "workflows:write",
  "runs:read",
  "runs:write",
  "tasks:work",
  "artifacts:read",
  "artifacts:write",
  "logs:read",
  "logs:write",
  "archive:read",
  "archive:write",
  "archive:delete",
  "redaction:read",
  "redaction:write",
  "members:read",
  "members:write",
  "tokens:read",
  "tokens:write",
  "audit:read",
] as const;
export type Permission = (typeof permissions)[number];

const look = [
  "workspace:read",
  "projects:read",
  "workflows:read",
  "runs:read",
  "artifacts:read",
  "logs:read",
  "archive:read",
] as const satisfies readonly Permission[];

/** The one table of who may do what. Each role holds everything of the role below it (roles.test.ts). */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: look,
  annotator: [...look, "artifacts:write"],
  editor: [
    ...look,
    "artifacts:write",
    "projects:write",
    "workflows:write",
    "runs:write",
    // To take tasks and to end them, as a worker does: a program's permission, by a token of its own.
    "tasks:work",
    "logs:write",
    "archive:write",
    "members:read",
    // Names who did what, so it begins where the names of members may be read.
    "audit:read",
  ],
  // Renaming, suspending and handing over the workspace stay with its owner.
  admin: permissions.filter((permission) => permission !== "workspace:write"),
  owner: permissions,
};

/** Serves the check on the server and the hidden button alike; hiding the button is a courtesy, never the check. */
export function can(scope: { readonly permissions: readonly Permission[] }, permission: Permission): boolean {
  return scope.permissions.includes(permission);
}
