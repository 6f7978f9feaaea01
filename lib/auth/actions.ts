"use server";
import { openAction } from "./action";
import { signInInput, signOutInput } from "./schema";
import { signInHere, signOutHere } from "./sign-in-here";

export const signInAction = openAction(signInInput, signInHere);
export const signOutAction = openAction(signOutInput, signOutHere);
