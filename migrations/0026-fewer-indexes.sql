-- What is under way is found by its channel's index as well: there is never much of it. What a channel has had is found
-- among what the workspace has had. Two indexes less for every claim, send and renewed lease to write.
DROP INDEX delivery_busy;
DROP INDEX delivery_channel;
