import { z } from "zod";

export const signInInput = z.object({
  email: z
    .string()
    .trim()
    .min(1, "Enter your email.")
    .max(254, "That is too long for an email.")
    .regex(/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u, "Enter your email as name@example.com."),
  password: z.string().min(1, "Enter your password.").max(256, "That is too long for a password."),
  callbackUrl: z.string().max(2000).optional(),
});
export type SignInInput = z.infer<typeof signInInput>;

export const signOutInput = z.object({});
