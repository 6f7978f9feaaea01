CREATE TABLE "canary_episodes" (
	"episode_id" text PRIMARY KEY NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"read_back" integer DEFAULT 0 NOT NULL,
	"walked" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "canary_episodes_sent_positive" CHECK ("canary_episodes"."sent" >= 0),
	CONSTRAINT "canary_episodes_within" CHECK ("canary_episodes"."read_back" <= "canary_episodes"."sent" and "canary_episodes"."walked" <= "canary_episodes"."sent")
);
--> statement-breakpoint
CREATE TABLE "canary_problems" (
	"episode_id" text NOT NULL,
	"line" integer NOT NULL,
	"kind" text NOT NULL,
	"detail" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "canary_problems_episode_id_line_kind_pk" PRIMARY KEY("episode_id","line","kind"),
	CONSTRAINT "canary_problems_kind_known" CHECK ("canary_problems"."kind" in ('missing', 'duplicate', 'out_of_order', 'changed'))
);
--> statement-breakpoint
CREATE TABLE "canary_state" (
	"id" text PRIMARY KEY DEFAULT 'canary' NOT NULL,
	"workspace_id" uuid NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone,
	"lines_checked" bigint DEFAULT 0 NOT NULL,
	"cold_checked" bigint DEFAULT 0 NOT NULL,
	"last_sent_at" timestamp (3) with time zone,
	"last_checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "canary_state_single" CHECK ("canary_state"."id" = 'canary')
);
--> statement-breakpoint
CREATE TABLE "object_store_errors" (
	"hour" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"requests" integer NOT NULL,
	CONSTRAINT "object_store_errors_hour_kind_pk" PRIMARY KEY("hour","kind"),
	CONSTRAINT "object_store_errors_requests_positive" CHECK ("object_store_errors"."requests" > 0)
);
--> statement-breakpoint
CREATE TABLE "store_probes" (
	"store" text PRIMARY KEY NOT NULL,
	"reachable" boolean NOT NULL,
	"duration_ms" integer NOT NULL,
	"problem" text,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "store_probes_store_known" CHECK ("store_probes"."store" in ('mongodb', 'objects')),
	CONSTRAINT "store_probes_problem_told" CHECK ("store_probes"."reachable" or "store_probes"."problem" is not null)
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"worker" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "canary_state" ADD CONSTRAINT "canary_state_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "canary_problems_last_seen_at_idx" ON "canary_problems" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "worker_heartbeats_seen_at_idx" ON "worker_heartbeats" USING btree ("seen_at");