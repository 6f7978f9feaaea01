ALTER TABLE "log_views" RENAME TO "saved_views";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_pkey" TO "saved_views_pkey";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_workspace_id_workspaces_id_fk" TO "saved_views_workspace_id_workspaces_id_fk";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_created_by_users_id_fk" TO "saved_views_created_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_updated_by_users_id_fk" TO "saved_views_updated_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_name_length" TO "saved_views_name_length";--> statement-breakpoint
ALTER TABLE "saved_views" RENAME CONSTRAINT "log_views_params_length" TO "saved_views_params_length";--> statement-breakpoint
ALTER INDEX "log_views_created_by_idx" RENAME TO "saved_views_created_by_idx";--> statement-breakpoint
ALTER INDEX "log_views_updated_by_idx" RENAME TO "saved_views_updated_by_idx";--> statement-breakpoint
ALTER TABLE "saved_views" DROP CONSTRAINT "log_views_owner_name_key";--> statement-breakpoint
DROP INDEX "log_views_shared_idx";--> statement-breakpoint
ALTER TABLE "saved_views" ADD COLUMN "page" text DEFAULT 'logs' NOT NULL;--> statement-breakpoint
ALTER TABLE "saved_views" ALTER COLUMN "page" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_page_known" CHECK ("saved_views"."page" in ('logs', 'runs'));--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_episode_is_of_logs" CHECK ("saved_views"."page" = 'logs' or "saved_views"."episode_id" is null);--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_name_key" UNIQUE NULLS NOT DISTINCT("workspace_id","created_by","page","episode_id","name");--> statement-breakpoint
CREATE INDEX "saved_views_shared_idx" ON "saved_views" USING btree ("workspace_id","page","name") WHERE "saved_views"."shared";