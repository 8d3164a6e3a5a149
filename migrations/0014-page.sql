-- What a person asked for after publication and the network has not confirmed yet. It is written before the network is
-- called, so that a process that dies in between is finished by another one. Kept at position 0, for the whole delivery.
ALTER TABLE delivery
  ADD COLUMN take_down_asked_at timestamptz,
  ADD COLUMN correction_asked_at timestamptz,
  -- Until then one process is at it, and no other one calls the network for this delivery.
  ADD COLUMN finishing_until timestamptz,
  -- The words that are to stand there.
  ADD COLUMN content_asked jsonb CHECK (jsonb_typeof(content_asked) = 'object'),
  ADD CONSTRAINT delivery_asked CHECK (position = 0 OR (take_down_asked_at IS NULL AND correction_asked_at IS NULL)),
  ADD CONSTRAINT delivery_correction CHECK ((correction_asked_at IS NULL) = (content_asked IS NULL));

-- When an entry of the own page was last corrected; its address and its place in the stream stay.
ALTER TABLE page_entry ADD COLUMN corrected_at timestamptz;
