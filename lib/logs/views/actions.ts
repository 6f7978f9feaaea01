"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteView, editView, saveView, updateView } from "./mutations";
import { editViewInput, saveViewInput, updateViewInput, viewInput } from "./schema";

// Everybody who reads logs may keep views for themselves; what others see asks for more (mutations.ts).
const refresh = { refresh: "log-views" };

export const saveViewAction = workspaceAction("logs:read", saveViewInput, saveView, refresh);
export const updateViewAction = workspaceAction("logs:read", updateViewInput, updateView, refresh);
export const editViewAction = workspaceAction("logs:read", editViewInput, editView, refresh);
export const deleteViewAction = workspaceAction("logs:read", viewInput, deleteView, refresh);
