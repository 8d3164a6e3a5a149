/**
 * Keeps, beside the ledger, which deliveries were unconfirmed at any time: the state itself passes. Written by a trigger,
 * so that nothing between two looks is overlooked.
 */
export async function watchOutcomes(ask: (statement: string) => Promise<unknown>): Promise<void> {
  await ask('CREATE SCHEMA IF NOT EXISTS faults');
  await ask('CREATE TABLE IF NOT EXISTS faults.unconfirmed (id uuid PRIMARY KEY)');
  await ask(`CREATE OR REPLACE FUNCTION faults.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO faults.unconfirmed VALUES (NEW.id) ON CONFLICT DO NOTHING; RETURN NULL; END $$`);
  await ask(`CREATE OR REPLACE TRIGGER note_unconfirmed AFTER UPDATE OF state ON delivery FOR EACH ROW
      WHEN (NEW.state = 'unconfirmed') EXECUTE FUNCTION faults.note()`);
}
