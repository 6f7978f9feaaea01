CREATE TABLE "log_bookmarks" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"episode_id" text NOT NULL,
	"sequence" bigint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_bookmarks_workspace_id_user_id_episode_id_sequence_pk" PRIMARY KEY("workspace_id","user_id","episode_id","sequence"),
	CONSTRAINT "log_bookmarks_sequence_range" CHECK ("log_bookmarks"."sequence" >= 0),
	CONSTRAINT "log_bookmarks_note_length" CHECK (length("log_bookmarks"."note") <= 500)
);
--> statement-breakpoint
ALTER TABLE "log_exports" DROP CONSTRAINT "log_exports_user_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "log_bookmarks" ADD CONSTRAINT "log_bookmarks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_bookmarks" ADD CONSTRAINT "log_bookmarks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_bookmarks_workspace_id_episode_id_idx" ON "log_bookmarks" USING btree ("workspace_id","episode_id");--> statement-breakpoint
CREATE INDEX "log_bookmarks_user_id_idx" ON "log_bookmarks" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "log_exports" ADD CONSTRAINT "log_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;