import type pg from 'pg';

/** Every row of every table but the job engine's, as text, in an order of its own: what a database holds. */
export async function readEverything(client: pg.Client): Promise<Record<string, string[]>> {
  const { rows: tables } = await client.query<{ name: string; columns: string }>(
    `SELECT n.nspname || '.' || c.relname AS name, string_agg(format('%I::text', a.attname), ', ' ORDER BY a.attname) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND n.nspname !~ '^pg' AND n.nspname <> 'information_schema' GROUP BY 1`,
  );
  const held: Record<string, string[]> = {};
  for (const { name, columns } of tables) {
    const { rows } = await client.query<{ line: string }>(
      `SELECT to_json(ARRAY[${columns}])::text AS line FROM ${name} ORDER BY 1`,
    );
    held[name] = rows.map(({ line }) => line);
  }
  return held;
}

/** The whole catalogue in words: columns, constraints, indexes, policies, triggers, rights. `roles`: names told apart. */
export async function readCatalogue(client: pg.Client, roles: Record<string, string>): Promise<string[]> {
  const spaces = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
  const { rows } = await client.query<{ line: string }>(`
    SELECT format('column %s.%s %s %s %s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v') AND ${spaces}
    UNION ALL SELECT format('constraint %s.%s %s %s %s', n.nspname, c.relname, r.conname, pg_get_constraintdef(r.oid), r.convalidated)
      FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${spaces}
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes n WHERE n.schemaname !~ '^pg_'
    UNION ALL SELECT format('policy %s %s %s %s %s %s', n.schemaname, tablename, policyname, roles, qual, with_check) FROM pg_policies n
    UNION ALL SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal
    UNION ALL SELECT format('table %s.%s %s %s %s', n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relacl)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'S') AND ${spaces}
    UNION ALL SELECT format('rights %s.%s %s %s', n.nspname, c.relname, a.attname, a.attacl)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attacl IS NOT NULL AND ${spaces}
    UNION ALL SELECT format('function %s %s %s', p.oid::regprocedure, pg_get_functiondef(p.oid), p.proacl)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${spaces} AND p.prokind = 'f'
    UNION ALL SELECT format('schema %s %s', n.nspname, n.nspacl) FROM pg_namespace n WHERE ${spaces} AND n.nspname <> 'public'`);
  const plain = (line: string) =>
    Object.entries(roles)
      .sort(([, a], [, b]) => b.length - a.length)
      .reduce((text, [what, name]) => text.replaceAll(name, `{{${what}}}`), line);
  return rows.map(({ line }) => plain(line)).sort();
}
