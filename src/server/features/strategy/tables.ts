import type { ColumnType, Generated } from 'kysely';
import type { Goal, Initiative, Scope } from '#contract/strategy.ts';

/** A list kept as jsonb: the driver would write a bare list as a PostgreSQL array. */
type JsonText<T> = ColumnType<T, string, string>;

type ObjectiveTable = {
  workspace_id: string;
  id: string;
  title: string;
  description: string;
  /** Null once archived. */
  rank: number | null;
  /** False while it is only proposed. */
  yours: Generated<boolean>;
  revision: Generated<number>;
  created_at: Generated<Date>;
  archived_at: Generated<Date | null>;
  /** What it had when it was archived. */
  rank_before: Generated<number | null>;
  goals_before: Generated<string[]>;
};

type GoalTable = {
  workspace_id: string;
  id: string;
  objective_id: string | null;
  title: string;
  metric: Goal['metric'];
  scope: JsonText<Scope>;
  target_kind: 'number' | 'relative';
  target_amount: number;
  baseline_value: number | null;
  baseline_on: string | null;
  baseline_source: 'measured' | 'stated' | null;
  starts_on: string;
  deadline_on: string;
  owner_id: string | null;
  means: JsonText<Goal['means']>;
  checkpoints: Goal['checkpoints'];
  /** False while it is only proposed. */
  yours: Generated<boolean>;
  revision: Generated<number>;
  created_at: Generated<Date>;
  archived_at: Generated<Date | null>;
};

type InitiativeTable = {
  workspace_id: string;
  id: string;
  goal_id: string;
  title: string;
  description: string;
  starts_on: string;
  end_kind: Initiative['end']['kind'];
  ends_on: string | null;
  span_days: number | null;
  metric: Initiative['metric'];
  target_kind: 'number' | 'relative' | null;
  target_amount: number | null;
  scope: JsonText<Scope>;
  means: JsonText<Initiative['means']>;
  risks: JsonText<Initiative['risks']>;
  outsiders: JsonText<Initiative['outsiders']>;
  owner_id: string | null;
  revision: Generated<number>;
  created_at: Generated<Date>;
  archived_at: Generated<Date | null>;
};

/** The rows this slice owns. */
export type StrategyTables = {
  objective: ObjectiveTable;
  goal: GoalTable;
  initiative: InitiativeTable;
};
