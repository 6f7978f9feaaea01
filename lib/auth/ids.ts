/*
 * What a column is compared with must have its shape: PostgreSQL answers anything else with an error, not with an empty result.
 */

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** As workspaces_slug_shape has it. */
export const isSlug = (text: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
