import { expect, test } from "vitest";
import { can, permissions, permissionsOf, roles } from "./roles";

test("each role holds everything of the role below it, and more", () => {
  for (const [at, role] of roles.slice(0, -1).entries()) {
    const below = roles[at + 1];
    if (!below) throw new Error("every role but the last has one below");
    expect(permissionsOf[role]).toEqual(expect.arrayContaining([...permissionsOf[below]]));
    expect(permissionsOf[role].length).toBeGreaterThan(permissionsOf[below].length);
  }
});

test("an owner may do everything, and a viewer may change nothing", () => {
  expect(permissionsOf.owner).toEqual(permissions);
  expect(permissionsOf.viewer.filter((permission) => permission.endsWith(":write"))).toEqual([]);
});

test("members and tokens are handed out, logs deleted and secrets masked, by owners and admins alone", () => {
  for (const permission of ["members:write", "tokens:write", "archive:delete", "redaction:write"] as const) {
    expect(roles.filter((role) => can({ permissions: permissionsOf[role] }, permission))).toEqual([
      "owner",
      "admin",
    ]);
  }
});

test("no role holds a permission twice", () => {
  for (const role of roles) expect(new Set(permissionsOf[role]).size).toBe(permissionsOf[role].length);
});
